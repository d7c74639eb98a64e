import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { renderMail } from '../../../shared/mail/render-mail.ts';
import { templateNames } from '../../../shared/mail/templating/template-named.ts';
import { minimal, regular, shop, shownText, unsubscribeUrl } from './mail-request.ts';

const faultOf = (act: () => unknown): LifecycleError => {
  try {
    act();
  } catch (error) {
    if (error instanceof LifecycleError) return error;
    throw error;
  }
  throw new Error('expected a fault, got a mail');
};

/** Names what is closed without having been opened last, or never closed: mail programs repair less than browsers do. */
const unbalanced = (html: string): readonly string[] => {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, slash, name = ''] of html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (slash === '' && !['br', 'meta'].includes(name)) open.push(name);
    if (slash === '/' && open.pop() !== name) faults.push(name);
  }
  return [...faults, ...open];
};

describe.each(templateNames.filter((name) => !name.startsWith('consent/')))('the mail %s', (template) => {
  const forAda = renderMail({ ...regular, template });
  const forNobody = renderMail({ ...minimal, template });

  it('says in the footer who writes, from where, why, and how to stop it', () => {
    for (const { html, text } of [forAda, forNobody]) {
      expect(html).toContain(`<a href="${unsubscribeUrl}"`);
      expect(text).toContain(`Unsubscribe: ${unsubscribeUrl}\n`);
      expect(text).toContain('3 Quay Street\nWhitby YO21 1AA\nUnited Kingdom');
      for (const part of [shownText(html), text]) {
        for (const line of ['Harbour & Pine', '3 Quay Street', 'Whitby YO21 1AA', 'You get this mail because']) {
          expect(part).toContain(line);
        }
      }
    }
  });

  it('carries both one-click headers', () => {
    expect(forAda.headers).toEqual({
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('greets by name, and without one leaves no gap', () => {
    expect(shownText(forAda.html)).toContain('Hello Ada,');
    expect(forAda.text).toMatch(/^Hello Ada,\n/);
    expect(shownText(forNobody.html)).toContain('Hello,');
    expect(forNobody.text).toMatch(/^Hello,\n/);
  });

  it('leaves no trace of Liquid, of a missing value or of an empty one', () => {
    for (const { subject, html, text } of [forAda, forNobody]) {
      for (const part of [subject, shownText(html), text]) {
        expect(part).not.toMatch(/\{[{%]|[%}]\}|undefined|\bnull\b|NaN|\[object|Invalid Date/);
        expect(part).not.toMatch(/ [,.;:!?]|\(\)| {2,}[a-z]/);
      }
    }
  });

  it('links to nothing but the shop and the opt-out, and loads nothing', () => {
    const links = [...forAda.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(new Set(links)).toEqual(new Set([`${shop.siteUrl}/`, unsubscribeUrl]));
    expect(forAda.html).not.toMatch(
      /<(?:img|script|iframe|link|object|form|video)\b|url\(|@import|@font-face|\son\w+=/i,
    );
  });

  it('says the same in text as in HTML', () => {
    const words = (part: string) => new Set(part.toLowerCase().match(/[a-z]{5,}/g));
    const inHtml = words(shownText(forAda.html));
    const missing = [...words(forAda.text.replaceAll(/https?:\S+/g, ''))].filter((word) => !inHtml.has(word));
    expect(missing).toEqual([]);
  });

  it('closes every element it opens, in order', () => {
    for (const { html } of [forAda, forNobody]) expect(unbalanced(html)).toEqual([]);
  });

  it('shows a reward code only where the template promises one', () => {
    const shows = template.startsWith('loyalty-reward/');
    for (const part of [forAda.html, forAda.text]) expect(part.includes('PINE-THANKS')).toBe(shows);
    expect(forAda.subject).not.toContain('PINE-THANKS');
  });

  it('offers a button to the shop, and does without where no site is set', () => {
    const { siteUrl: _, ...noSite } = shop;
    const { html, text } = renderMail({ ...regular, template, store: noSite });
    expect(forAda.html).toContain('class="button"');
    expect(forAda.text).toContain(`: ${shop.siteUrl}/\n`);
    expect(html).not.toContain('class="button"');
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([unsubscribeUrl]);
    expect(text).not.toContain('harbourandpine.example/\n');
  });

  it('asks for a reply only where replies are read', () => {
    const silent = renderMail({ ...regular, template, store: { ...shop, replyTo: 'no-reply@harbourandpine.example' } });
    for (const part of [silent.html, silent.text]) expect(part).not.toMatch(/\breply\b/i);
  });

  it('stays far below the size at which mail programs cut (102 kB) and within SMTP line lengths', () => {
    expect(Buffer.byteLength(forAda.html)).toBeLessThan(30_000);
    for (const line of forAda.text.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(998);
  });

  it('is the same, byte for byte, the second time', () => {
    expect(renderMail({ ...regular, template })).toEqual(forAda);
  });

  it('shows its preheader first, and not its footer, in the list of an inbox', () => {
    const preheader = shownText(forAda.html.slice(forAda.html.indexOf('<body'))).trim();
    expect(preheader).not.toMatch(/^(Hello|Harbour|You get)/);
    expect(forAda.html).toMatch(/(?:&#847;&zwnj;&nbsp;){60}/);
  });
});

describe('a mail does not go out', () => {
  const cases: readonly [string, Partial<typeof regular>, string][] = [
    ['without a postal address', { store: { ...shop, postalAddress: ' \n ' } }, 'store.postalAddress'],
    [
      'with control characters in the address',
      { store: { ...shop, postalAddress: 'a\u0000b' } },
      'store.postalAddress',
    ],
    ['without a shop name', { store: { ...shop, name: ' ' } }, 'store.name'],
    ['with a line break in the shop name', { store: { ...shop, name: 'A\r\nBcc: x@y.example' } }, 'store.name'],
    ['with a script for a site', { store: { ...shop, siteUrl: 'javascript:alert(1)' } }, 'siteUrl'],
    ['with a password in the site', { store: { ...shop, siteUrl: 'https://a:b@c.example' } }, 'siteUrl'],
    ['with a script for an opt-out', { unsubscribeUrl: 'javascript:alert(1)' }, 'unsubscribeUrl'],
    ['with an opt-out over plain http', { unsubscribeUrl: 'http://api.example/u/x' }, 'unsubscribeUrl'],
    [
      'with an opt-out too long for a header',
      { unsubscribeUrl: `https://a.example/u/${'x'.repeat(980)}` },
      'unsubscribeUrl',
    ],
    ['without the reward it promises', { template: 'loyalty-reward/thank-you', rewardCode: undefined }, 'rewardCode'],
    [
      'with a reward code nobody could type',
      { template: 'loyalty-reward/thank-you', rewardCode: 'A\nB' },
      'rewardCode',
    ],
  ];

  it.each(cases)('%s', (_, change, field) => {
    const fault = faultOf(() => renderMail({ ...regular, ...change }));
    expect(fault.code).toBe('template.failed');
    expect(fault.message).toMatch(new RegExp(`^cannot render mail: '${field}' must `));
  });

  it('by a template that does not ship', () => {
    for (const template of ['welcome', 'welcome/other', '../secrets', '__proto__', 'constructor', 'toString']) {
      expect(faultOf(() => renderMail({ ...regular, template })).code).toBe('template.unknown');
    }
  });
});

describe('the opt-out address', () => {
  it('may be plain http on this very machine, where no mail leaves', () => {
    for (const host of ['localhost:4600', '127.0.0.1:4600', '[::1]:4600']) {
      const { headers } = renderMail({ ...regular, unsubscribeUrl: `http://${host}/u/abc` });
      expect(headers['List-Unsubscribe']).toBe(`<http://${host}/u/abc>`);
    }
  });

  it('cannot break out of its header', () => {
    const { headers } = renderMail({ ...regular, unsubscribeUrl: 'https://a.example/u/x>\r\nBcc: <y' });
    expect(headers['List-Unsubscribe']).toMatch(/^<https:[^<>\s]+>$/);
  });
});

describe('dates and money', () => {
  const text = (change: Partial<typeof regular>) => renderMail({ ...regular, ...change }).text;
  const winBack = 'win-back/since-you-left';

  it('name a month alone while it can only be the last one, and with its year after ten months', () => {
    expect(text({ template: winBack })).toContain('from us was in June.');
    expect(text({ template: winBack, now: Date.UTC(2027, 5, 20) })).toContain('from us was in June 2026.');
  });

  it("are those of the customer's zone, else the store's", () => {
    const history = { ...regular.history, lastAt: Date.UTC(2026, 4, 31, 23, 30) };
    expect(text({ template: winBack, history })).toContain('in June.'); // London is an hour ahead of UTC
    const profile = { ...regular.profile, timeZone: 'America/New_York' };
    expect(text({ template: winBack, history, profile })).toContain('in May.');
    const nowhere = { ...regular.profile, timeZone: 'Mars/Olympus' };
    expect(text({ template: winBack, history, profile: nowhere })).toContain('in June.');
  });

  it('survive any locale, and stay in the language of the mail', () => {
    for (const locale of [
      'de-DE',
      'ar-EG',
      'ja',
      'th-TH-u-nu-thai',
      'fa-IR',
      'xx',
      '',
      '!!',
      'en_US',
      'x'.repeat(500),
    ]) {
      expect(text({ template: winBack, profile: { locale } })).toContain('was in June.');
    }
  });
});
