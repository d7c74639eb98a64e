import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailRequest, mailScope } from '../../../shared/mail/mail-scope.ts';
import { renderMail } from '../../../shared/mail/render-mail.ts';
import { renderParts } from '../../../shared/mail/templating/template-engine.ts';
import { templateNamed, templateNames } from '../../../shared/mail/templating/template-named.ts';
import { regular, shop } from '../../unit/mail/mail-request.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { backgroundsOf, elementsOf, faintTexts, overflowOf } from './page-look.ts';

/** Everything that could burst a narrow column: no spaces anywhere. */
const unbreakable: Partial<MailRequest> = {
  profile: { firstName: 'W'.repeat(200) },
  rewardCode: 'W'.repeat(40),
  store: {
    ...shop,
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
    postalAddress: 'Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu',
    siteUrl: `https://${'w'.repeat(63)}.example`,
  },
};

describe.skipIf(noBrowser)('the mails in a browser', () => {
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('request', (request) => requests.push(request.url()));
  });
  afterAll(async () => browser?.close());

  const show = async (width: number, html: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.setContent(html);
  };
  const htmlOf = (template: string, change: Partial<MailRequest> = {}): string =>
    renderMail({ ...regular, template, ...change }).html;

  describe.each(templateNames)('%s', (template) => {
    it('needs no sideways scrolling from a 320 pixel phone to a desk, whatever people and shops are called', async () => {
      for (const width of [320, 375, 480, 481, 600, 1280]) {
        for (const change of [{}, unbreakable]) {
          await show(width, htmlOf(template, change));
          expect(await overflowOf(page), `${width} px`).toBe(0);
        }
      }
    });

    it.each(['light', 'dark'] as const)('is readable in %s', async (scheme) => {
      await show(600, htmlOf(template), scheme);
      expect(await faintTexts(page)).toEqual([]);
    });

    it('is dark where the reader wants it dark, by the system or by Outlook on the web', async () => {
      const parts = ['table.page', '.card', '.hero'];
      await show(600, htmlOf(template), 'dark');
      const bySystem = await backgroundsOf(page, parts);
      await show(600, htmlOf(template));
      const light = await backgroundsOf(page, parts);
      await page.setContent(`<div data-ogsc data-ogsb>${htmlOf(template).replace(/<!doctype html>/i, '')}</div>`);
      const byOutlook = await backgroundsOf(page, parts);
      expect(byOutlook).toEqual(bySystem);
      for (const [part, color] of light.entries()) expect(color).not.toBe(bySystem[part]);
    });

    it('has a button a thumb can hit', async () => {
      await show(320, htmlOf(template));
      const box = await page.locator('.button a').boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(240);
    });

    it('is understood element for element as it was written: nothing left open, nothing out of place', async () => {
      const html = htmlOf(template);
      await show(600, html);
      const written = html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<([a-z][a-z0-9]*)[\s>]/g);
      expect(await elementsOf(page)).toEqual([...written].map(([, name]) => name));
    });

    it('tells a screen reader its language, one heading, and no layout tables', async () => {
      await show(600, htmlOf(template));
      expect(await page.locator('html').getAttribute('lang')).toBe(templateNamed(template).lang);
      expect(await page.getByRole('heading').count()).toBe(1);
      expect(await page.getByRole('table').count()).toBe(0);
      expect(await page.getByRole('link', { name: templateNamed(template).unsubscribe }).count()).toBe(1);
    });

    it('hides its preheader from the eye', async () => {
      await show(600, htmlOf(template));
      expect(await page.locator('body > div').first().isVisible()).toBe(false);
    });
  });

  it('turned from right to left starts on the right', async () => {
    const template = { ...templateNamed('loyalty-reward/thank-you'), lang: 'ar' };
    await show(600, renderParts(template, mailScope(template, regular)).html);
    expect(await overflowOf(page)).toBe(0);
    const box = await page.locator('.button table').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(500);
  });

  it('loads nothing from anywhere', () => {
    expect(requests).toEqual([]);
  });
});
