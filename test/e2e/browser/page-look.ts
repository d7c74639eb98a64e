import type { Page } from 'playwright-core';

// What runs in the page is text: the types of a browser's globals would otherwise hold for every file of this project.

/** How far the page is wider than its window: 0 where a phone needs no sideways scrolling. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth');

export const backgroundsOf = (page: Page, selectors: readonly string[]): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `${JSON.stringify(selectors)}.map((part) => getComputedStyle(document.querySelector(part)).backgroundColor)`,
  );

/** Texts that stand out too little from what is behind them, by WCAG 2.2 (1.4.3): 4.5 to 1, large text 3 to 1. */
export const faintTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(() => {
    const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const luminance = (color) => {
      const [r, g, b] = channels(color).map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      if (element === null) return 'rgb(255, 255, 255)';
      const color = getComputedStyle(element).backgroundColor;
      return channels(color)[3] === 0 ? behind(element.parentElement) : color;
    };
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      const element = walker.currentNode.parentElement;
      if (text === '' || !element.checkVisibility({ opacityProperty: true })) continue;
      const { color, fontSize } = getComputedStyle(element);
      const [dark, light] = [luminance(color), luminance(behind(element))].sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (!(contrast >= (Number.parseFloat(fontSize) >= 24 ? 3 : 4.5))) faint.push(contrast.toFixed(2) + ' ' + text);
    }
    return faint;
  })()`);

/** The elements of the document as the browser understood it, in order; the `tbody` it adds by itself left out. */
export const elementsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('*')].map(({ localName }) => localName).filter((name) => name !== 'tbody')`,
  );
