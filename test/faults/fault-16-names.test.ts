import { describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/time.ts';
import { sentMessage } from '../property/mail/sent-message.ts';
import { start } from '../support/customers.ts';
import { openShop, shopifyOrderOf, standardOrderOf } from './support/shop.ts';

const family = '👩‍👩‍👧‍👦';
const graphemes = (text: string): number =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;

/** A name as a shop sends it, through webhook, ledger and provider's request to a message another parser reads. */
const mailTo = async (firstName: string) => {
  const shop = await openShop();
  const consent = { email: 'granted', at: '2025-01-06T08:00:00Z' };
  const order = standardOrderOf(start, { customer: { id: 'c-1', email: 'ada@example.com', firstName, consent } });
  expect(await shop.standard(order)).toMatchObject({ status: 'accepted' });
  const profile = (await shop.customerOf('standard:c-1'))?.customer?.profile ?? {};
  await shop.advanceTo(start + days(9));
  expect(shop.mails).toHaveLength(1);
  const { firstName: kept } = profile;
  const { raw, read, lines } = await sentMessage({ profile: { firstName: kept ?? '' } });
  expect(raw).toMatch(/^[\t\r\n -~]*$/);
  expect(lines.filter((line) => /^(?:bcc|cc|x-evil)/i.test(line))).toEqual([]);
  expect(read.to?.map(({ address }) => address)).toEqual(['ada.lovelace@example.com']);
  const [mail] = shop.mails;
  for (const part of [mail?.subject, mail?.text, mail?.html]) expect(part?.isWellFormed()).toBe(true);
  return { kept, read, mail, greeting: mail?.text.split('\n')[0] ?? '' };
};

describe('fault 16: what people are called', () => {
  it.each(['Ada', family, 'José', 'Zoe\u0308', '小林', 'नीरज', "O'Brien-Smith", '🇬🇧 Ada'])(
    '%s is greeted by that name',
    async (name) => {
      const { read, greeting } = await mailTo(name);
      expect(greeting).toBe(`Hello ${name.normalize('NFC')},`);
      expect(read.subject).toContain(name.normalize('NFC'));
    },
  );

  it.each(['محمد', 'שָׁלוֹם'])('%s runs the other way, and turns nothing around', async (name) => {
    const { greeting, mail } = await mailTo(name);
    expect(greeting).toBe(`Hello \u2068${name.normalize('NFC')}\u2069,`);
    expect(mail?.html).toContain(`<bdi>${name.normalize('NFC')}</bdi>`);
  });

  it.each([
    ['only spaces', '   \u3000\u00a0 '],
    ['NUL alone', '\u0000'],
    ['nothing', ''],
    ['marks that turn the line around', '\u202e\u202d\u2066'],
    ['an advertisement', 'win at www.evil.example'],
    ['an address', 'x@evil.example'],
    ['an encoded word', '=?UTF-8?B?QmNjOiB4?='],
    ['marks and no letter', '\u0301\u0301\u0301'],
    ['null, as programs write it', 'null'],
  ])('%s is no name: the greeting does without', async (_name, name) => {
    const { greeting, read } = await mailTo(name);
    expect(greeting).toBe('Hello,');
    expect(read.subject).toBe('Is everything as you hoped?');
  });

  it.each([
    ['NUL within', 'A\u0000da', 'Ada'],
    ['half a surrogate pair', 'Ada \ud83d', 'Ada \ufffd'],
    ['a line break and a header', 'Ada\r\nBcc: all@evil.example', undefined],
  ])('%s: kept without what no text has, or left out', async (_name, name, shown) => {
    const { greeting } = await mailTo(name);
    expect(greeting).toBe(shown === undefined ? 'Hello,' : `Hello ${shown},`);
  });

  it.each([
    ['letters', 'a'.repeat(10_000)],
    ['families', family.repeat(10_000)],
    ['Han characters', '字'.repeat(10_000)],
    ['marks on one letter', `a${'\u0301'.repeat(10_000)}`],
    ['words', 'long '.repeat(2_000)],
  ])('ten thousand %s are cut between characters people see', async (_name, name) => {
    const { kept = '', greeting, mail } = await mailTo(name);
    expect(graphemes(kept)).toBeLessThanOrEqual(100);
    const shown = greeting.replace(/^Hello (.*),$/u, '$1');
    expect(graphemes(shown)).toBeLessThanOrEqual(41);
    expect(shown.length).toBeLessThanOrEqual(125);
    const whole = new Set([...new Intl.Segmenter('en').segment(name.normalize('NFC'))].map(({ segment }) => segment));
    if (!name.includes('\u0301'))
      for (const { segment } of new Intl.Segmenter('en').segment(shown.replace(/…$/, '')))
        expect(whole).toContain(segment);
    expect(mail?.html.length).toBeLessThan(30_000);
  });

  it.each(['jösé@example.com', '小林@example.com', 'ada\u0000@example.com', 'a da@example.com', 'K\u212a@example.com'])(
    '%s cannot be mailed: refused where it is all that names somebody, dropped beside an id',
    async (email) => {
      const shop = await openShop();
      expect((await shop.standard({ type: 'customer.updated', data: { email } })).code).toBe(422);
      await shop.standard(standardOrderOf(start, { customer: { id: 'c-1', email } }));
      expect((await shop.customerOf('standard:c-1'))?.customer?.profile).not.toHaveProperty('email');
      await shop.shopify('orders/create', shopifyOrderOf(start, { email, customer: { id: 7, email } }));
      expect((await shop.customerOf('shopify:7'))?.customer?.profile).not.toHaveProperty('email');
      await shop.advanceTo(start + days(12));
      expect(shop.mails).toEqual([]);
    },
  );

  it('a domain beyond ASCII is mailed in its ASCII form', async () => {
    const shop = await openShop();
    const consent = { email: 'granted', at: '2025-01-06T08:00:00Z' };
    await shop.standard(standardOrderOf(start, { customer: { id: 'c-1', email: 'Ada@BÜCHER.example', consent } }));
    await shop.advanceTo(start + days(9));
    expect(shop.mails.map(({ to }) => to)).toEqual(['ada@xn--bcher-kva.example']);
  });
});
