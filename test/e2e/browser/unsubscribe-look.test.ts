import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageWords } from '../../../functions/unsubscribe/page-words.ts';
import { ada, adasToken, openStore, visit } from '../../unit/unsubscribe/link-visit.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { backgroundsOf, faintTexts, overflowOf } from './page-look.ts';

const now = Date.UTC(2026, 5, 1);
const url = `https://api.shop.example/u/${adasToken}`;

describe.skipIf(noBrowser)('the unsubscribe page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  /** A phone without JavaScript whose requests the function answers, headers and all. */
  const open = async (locale: string, colorScheme: 'light' | 'dark' = 'light') => {
    const store = openStore();
    const context = await browser.newContext({
      locale,
      colorScheme,
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    const page: Page = await context.newPage();
    await page.route('**', async (route) => {
      const token = new URL(route.request().url()).pathname.split('/').at(-1);
      const { statusCode, headers, body } = await visit(store.deps, route.request().method(), token, now, locale);
      await route.fulfill({ status: statusCode, headers, body });
    });
    await page.goto(url);
    return { store, page, close: () => context.close() };
  };

  it('unsubscribes by one press of a button, without JavaScript and under its own strict policy', async () => {
    const { store, page, close } = await open('en-GB');
    expect(store.writes()).toBe(0);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: pageWords.en.done[0] }).waitFor();
    expect(page.url()).toBe(url);
    expect((await store.customers.load(ada.store, ada.customerId, 'decision')).contact.optedOutAt).toBe(now);
    await page.reload(); // the browser posts again
    expect(await page.getByRole('heading').textContent()).toBe(pageWords.en.done[0]);
    await close();
  });

  it('can be used by keyboard alone', async () => {
    const { store, page, close } = await open('de-DE');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: pageWords.de.done[0] }).waitFor();
    expect(store.writes()).toBe(1);
    await close();
  });

  it.each(Object.keys(pageWords))('fits a phone in %s', async (language) => {
    const { page, close } = await open(language);
    expect(await overflowOf(page)).toBe(0);
    const box = await page.getByRole('button').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await close();
  });

  it.each(['light', 'dark'] as const)('is styled and readable in %s', async (scheme) => {
    const { page, close } = await open('en', scheme);
    expect(await faintTexts(page)).toEqual([]);
    const [card] = await backgroundsOf(page, ['main']);
    expect(card).toBe(scheme === 'light' ? 'rgb(255, 253, 248)' : 'rgb(28, 33, 27)');
    await close();
  });
});
