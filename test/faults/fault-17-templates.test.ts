import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../shared/domain/errors.ts';
import { days } from '../../shared/domain/time.ts';
import { mailScope } from '../../shared/mail/mail-scope.ts';
import { renderMail } from '../../shared/mail/render-mail.ts';
import { renderParts } from '../../shared/mail/templating/template-engine.ts';
import { templateNamed, templateNames } from '../../shared/mail/templating/template-named.ts';
import { sentMessage } from '../property/mail/sent-message.ts';
import { start } from '../support/customers.ts';
import { minimal, regular, shownText } from '../unit/mail/mail-request.ts';
import { openShop, standardOrderOf } from './support/shop.ts';

/** Elements of a mail but for the one that keeps a name to itself. */
const tagsOf = (html: string): string[] => (html.match(/<[^>]*>/g) ?? []).filter((tag) => !/^<\/?bdi>$/.test(tag));
const settlingIn = templateNamed('welcome/settling-in');
const scope = mailScope(settlingIn, regular);

type Part = 'subject' | 'html' | 'text' | 'preheader';
const parts: readonly Part[] = ['subject', 'html', 'text', 'preheader'];

/** Renders a template with something else in one of its parts. */
const withPart = (part: Part, source: string) => renderParts({ ...settlingIn, name: 'bomb', [part]: source }, scope);
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof LifecycleError ? error.code : String(error);
  }
};

const thirty = '{% capture x %}{% for i in (1..9000) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}{% endcapture %}';
const bombs: readonly (readonly [name: string, source: string])[] = [
  ['a billion rounds', '{% for i in (1..1000000000) %}x{% endfor %}'],
  ['rounds within rounds', '{% for i in (1..9000) %}{% for j in (1..9000) %}x{% endfor %}{% endfor %}'],
  [
    'tables within tables',
    '{% tablerow i in (1..9000) %}{% tablerow j in (1..9000) %}x{% endtablerow %}{% endtablerow %}',
  ],
  ['doubling', '{% assign x = "aaaa" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}'],
  [
    'doubling by capture',
    `{% capture x %}aaaaaaaaaaaaaaaa{% endcapture %}${'{% capture x %}{{ x }}{{ x }}{% endcapture %}'.repeat(24)}{{ x }}`,
  ],
  ['81 MB put out', `${thirty}{% for i in (1..300) %}{{ x }}{% endfor %}`],
  ['2.4 GB put out', `${thirty}{% for i in (1..9000) %}{{ x }}{% endfor %}`],
  ['a date padded to a gigabyte', '{{ "now" | date: "%999999999d" }}'],
  [
    'replacing by itself',
    '{% assign s = "aaaaaaaaaaaaaaaaaaaaaaaa" %}{% for i in (1..9) %}{% assign s = s | replace: "a", s %}{% endfor %}{{ s }}',
  ],
  [
    'sorting again and again',
    '{% assign a = (1..9000) %}{% for i in (1..9000) %}{% assign b = a | reverse | sort %}{% endfor %}',
  ],
  ['more source than any mail has', 'x'.repeat(200_001)],
  ['#each of another language, never ended', '{% for i in orders %}'],
];

const escapes: readonly (readonly [name: string, source: string])[] = [
  ['the constructor', '{{ constructor.constructor("return process")() }}'],
  ['the constructor of a value', '{{ store.constructor }}'],
  ['the prototype', '{{ store.__proto__ }}'],
  ['a method', '{{ store.toString }}'],
  ['a file', "{% include '/etc/passwd' %}"],
  ['a file named by data', '{% render store.name %}'],
  ['a layout', "{% layout '../../package.json' %}"],
  ['a variable that is not offered', '{{ process.env.AWS_SECRET_ACCESS_KEY }}'],
  ['a filter that is not there', '{{ store | run }}'],
];

const hostile = [
  '{{constructor.constructor("return process.exit()")()}}',
  '{{#each this}}{{/each}}',
  '{% for i in (1..1000000000) %}x{% endfor %}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '</style><b>',
  '<!--Ada',
  '$'.concat('{ada}<%= ada %>'),
];

/** Somebody of this name buys, and gets the welcome. */
const welcomeTo = async (firstName: string) => {
  const shop = await openShop();
  const consent = { email: 'granted', at: '2025-01-06T08:00:00Z' };
  await shop.standard(
    standardOrderOf(start, { customer: { id: 'c-1', email: 'ada@example.com', firstName, consent } }),
  );
  await shop.advanceTo(start + days(9));
  return { shop, mail: shop.mails[0] };
};

describe('fault 17: templates and names that attack', () => {
  it.each(hostile)('a customer called %s is greeted so, and the mail has no element more', async (firstName) => {
    const { shop, mail } = await welcomeTo(firstName);
    const shown = firstName.slice(0, 40).trimEnd();
    expect(shownText(mail?.html ?? '')).toContain(`Hello ${shown}`);
    expect(mail?.text).toContain(`Hello ${shown}`);
    expect(tagsOf(mail?.html ?? '').length).toBe(tagsOf((await welcomeTo('Ada')).mail?.html ?? '').length);
    expect(shop.rows('SEND')).toMatchObject([{ value: { state: { status: 'sent' } } }]);
  });

  it.each(templateNames)('%s takes every hostile name as text', async (template) => {
    const elements = tagsOf((await sentMessage({ template, profile: { firstName: 'Ada' } })).mail.html).length;
    for (const firstName of hostile)
      expect(tagsOf((await sentMessage({ template, profile: { firstName } })).mail.html).length).toBe(elements);
  });

  it.each(bombs)('%s: ends within seconds as a fault, in every part', (_name, source) => {
    for (const part of parts) {
      const began = performance.now();
      expect(codeOf(() => withPart(part, source))).toBe('template.failed');
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });

  it('a line of 199,000 blanks takes no time', () => {
    const began = performance.now();
    withPart('text', `x${' '.repeat(199_000)}y`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it.each(escapes)('%s is out of reach, in every part', (_name, source) => {
    for (const part of parts) expect(codeOf(() => withPart(part, source))).toBe('template.failed');
  });

  it('a bomb in one mail is marked failed in the ledger and holds up nobody else', async () => {
    const shop = await openShop({ store: { siteUrl: 'javascript:alert(1)' } });
    await shop.standard(standardOrderOf(start));
    await shop.advanceTo(start + days(9));
    expect(shop.mails).toEqual([]);
    expect(shop.rows('SEND')).toMatchObject([{ value: { state: { status: 'failed', reason: 'template.failed' } } }]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'https://ada:pw@evil.example',
    '//evil.example',
  ])('%j is no link: refused for the shop, dropped from a line', async (url) => {
    expect(codeOf(() => renderMail({ ...minimal, store: { ...minimal.store, siteUrl: url } }))).toBe('template.failed');
    const shop = await openShop();
    await shop.standard(standardOrderOf(start, { lines: [{ sku: 'MUG-1', url, imageUrl: url }] }));
    expect(JSON.stringify(shop.rows('ORDER'))).not.toMatch(/script|data:|pw@|evil/i);
  });
});
