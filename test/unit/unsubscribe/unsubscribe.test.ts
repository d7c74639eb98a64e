import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../../functions/page/preferred-language.ts';
import { pageWords } from '../../../functions/unsubscribe/page-words.ts';
import { mintUnsubscribeToken } from '../../../shared/domain/sends/unsubscribe-token.ts';
import { ada, adasToken, openStore, visit } from './link-visit.ts';

const now = Date.UTC(2026, 5, 1);
const contactOf = async (store: ReturnType<typeof openStore>) =>
  (await store.customers.load(ada.store, ada.customerId, 'decision')).contact;

describe('opening an unsubscribe link', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'get', 'PUT'])(
    'shows a page and changes nothing by %s',
    async (method) => {
      const store = openStore();
      const answered = await visit(store.deps, method, adasToken, now);
      expect(answered.statusCode).toBe(200);
      expect(store.writes()).toBe(0);
      expect((await contactOf(store)).optedOutAt).toBeUndefined();
    },
  );

  it('offers one button that posts to the same address, without a script', async () => {
    const { body } = await visit(openStore().deps, 'GET', adasToken, now);
    expect(body.match(/<form method="post">/g)).toHaveLength(1);
    expect(body.match(/<button type="submit">/g)).toHaveLength(1);
    expect(body).not.toMatch(/<script|<img|<link|https?:|\son\w+=/i);
  });

  it('lets the browser load nothing, run nothing, and hand the address on to nobody', async () => {
    const { headers, body } = await visit(openStore().deps, 'GET', adasToken, now);
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(body).not.toContain(adasToken);
  });
});

describe('posting to an unsubscribe link', () => {
  it('opts out as of now, again and again, with 200 each time', async () => {
    const store = openStore();
    for (const at of [now, now + 1_000, now + 2_000]) {
      expect((await visit(store.deps, 'POST', adasToken, at)).statusCode).toBe(200);
      expect((await contactOf(store)).optedOutAt).toBe(at);
    }
  });

  it('writes nothing but the opt-out', async () => {
    const store = openStore();
    const told: unknown[] = [];
    const deps = { ...store.deps, customers: { restrictContact: async (...what: unknown[]) => void told.push(what) } };
    await visit(deps, 'POST', adasToken, now);
    expect(told).toEqual([[ada.store, ada.customerId, { optedOutAt: now }]]);
  });

  it('shows a page without a button once it is done', async () => {
    const { body } = await visit(openStore().deps, 'POST', adasToken, now);
    expect(body).toContain(pageWords.en.done[0]);
    expect(body).not.toContain('<form');
  });
});

describe('a link we did not make', () => {
  const foreign = mintUnsubscribeToken(ada, new Uint8Array(32).fill(1), 1);
  it.each([undefined, '', 'x', '..%2f', foreign, adasToken.slice(0, -1), `${adasToken}A`, adasToken.toLowerCase()])(
    'is not found and writes nothing: %s',
    async (token) => {
      const store = openStore();
      for (const method of ['GET', 'POST']) {
        const { statusCode, body } = await visit(store.deps, method, token, now);
        expect(statusCode).toBe(404);
        expect(body).toContain(pageWords.en.unknown[0]);
      }
      expect(store.writes()).toBe(0);
    },
  );

  it('never gets any of itself into the page', async () => {
    const store = openStore();
    const { body } = await visit(store.deps, 'GET', '"><script>alert(1)</script>', now, '"><script>,en');
    expect(body).not.toContain('<script');
  });
});

describe('when the write fails', () => {
  it('answers 503 with a page, promises nothing, and logs a code without the link', async () => {
    const store = openStore();
    const deps = {
      ...store.deps,
      customers: { restrictContact: async () => Promise.reject(new TypeError(`socket ${adasToken}`)) },
    };
    const { statusCode, headers, body } = await visit(deps, 'POST', adasToken, now);
    expect(statusCode).toBe(503);
    expect(headers['retry-after']).toBe('300');
    expect(body).toContain(pageWords.en.failed[0]);
    expect(store.faults).toEqual([{ message: 'unsubscribe failed', method: 'POST', code: 'TypeError' }]);
  });

  it('says so too when the key cannot be read: never "not found"', async () => {
    const store = openStore();
    const deps = { ...store.deps, secrets: { deploymentKey: async () => Promise.reject(new Error('ssm')) } };
    for (const method of ['GET', 'POST']) expect((await visit(deps, method, adasToken, now)).statusCode).toBe(503);
  });
});

describe('the language of the page', () => {
  const known = Object.keys(pageWords);

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['xx, es;q=0.3', 'es'],
    ['de;q=0, en', 'en'],
    ['DE', 'de'],
    ['*', 'en'],
    ['zh-Hant-TW', 'zh'],
    ['de;q=nonsense', 'en'],
  ])('asked for with %s is %s', (header, language) => {
    expect(preferredLanguage(header, known)).toBe(language);
  });

  it('is always one we have, whatever the header', () =>
    fc.assert(fc.property(fc.string(), (header) => known.includes(preferredLanguage(header, known)))));

  it('is written into the page with its direction', async () => {
    const { deps } = openStore();
    expect((await visit(deps, 'GET', adasToken, now, 'ar')).body).toContain('<html lang="ar" dir="rtl">');
    expect((await visit(deps, 'GET', adasToken, now, 'ja')).body).toContain('<html lang="ja" dir="ltr">');
  });
});
