import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { sesMailer } from '../../shared/adapters/ses/ses-mailer.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import { days } from '../../shared/domain/time.ts';
import type { Mail } from '../../shared/ports/mailer.ts';
import { Refused, sentMessage, type Words } from '../property/mail/sent-message.ts';
import { start } from '../support/customers.ts';
import { openShop, standardOrderOf } from './support/shop.ts';

/** What somebody would put where a line ends, to begin a header of their own. */
const breaks = [
  'x\r\nBcc: all@evil.example',
  'x\nBcc: all@evil.example',
  'x\rBcc: all@evil.example',
  'x\r\n\r\n<h1>body</h1>',
  'x\u0000y',
  'x\u2028Bcc: all@evil.example',
  'x\u0085y',
  '=?UTF-8?B?QmNjOiBhbGxAZXZpbC5leGFtcGxl?=',
  '=?utf-8?q?=0D=0ABcc:_x?=',
];
const outcomeOf = async (words: Words): Promise<string> => {
  try {
    const { lines } = await sentMessage(words);
    expect(lines.filter((line) => /^\s*(?:b?cc|x-)/i.test(line))).toEqual([]);
    return 'sent';
  } catch (error) {
    if (error instanceof Refused) return error.message;
    if (error instanceof LifecycleError) return error.code;
    throw error;
  }
};

const good: Mail = {
  ...{
    sendId: 's1',
    from: 'Shop <hello@shop.example>',
    to: 'ada@example.com',
    subject: 'Hello',
    html: '<p>x',
    text: 'x',
  },
  headers: { 'List-Unsubscribe': '<https://shop.example/u/1>' },
  tags: { store: 'demo', send: 's1' },
};
/** What the provider is asked for a mail, and what became of it. */
const handedOver = async (change: Partial<Mail>) => {
  const client = new SESv2Client({ region: 'eu-central-1' });
  let asked = 0;
  Object.defineProperty(client, 'send', { value: async () => ({ MessageId: `m-${++asked}` }) });
  const outcome = await sesMailer(client, 'set').send({ ...good, ...change });
  return { asked, outcome };
};

describe('fault 18: line breaks and encoded words on their way into a header', () => {
  it.each(breaks)('%j as the name of a customer: left out, and the mail goes', async (firstName) => {
    expect(await outcomeOf({ profile: { firstName } })).toBe('sent');
    const { mail } = await sentMessage({ profile: { firstName } });
    expect(mail.subject).toBe('Is everything as you hoped?');
  });

  it.each(breaks)('%j as the name of the shop: no mail', async (name) => {
    expect(await outcomeOf({ store: { name }, template: 'win-back/since-you-left' })).toBe('template.failed');
  });

  it.each(breaks)('%j before the sender’s address: no mail', async (sender) => {
    expect(await outcomeOf({ store: { from: `${sender} <hello@harbour.example>` } })).toBe('header-invalid');
  });

  it.each(breaks.filter((text) => !text.startsWith('=?')))('%j as a reward code: no mail', async (loyalty) => {
    expect(await outcomeOf({ template: 'loyalty-reward/thank-you', store: { rewardCodes: { loyalty } } })).toBe(
      'template.failed',
    );
  });

  it.each(breaks)(
    '%j in subject, sender, reply address, recipient, header or tag: the provider is not asked',
    async (text) => {
      for (const change of [
        { subject: text },
        { from: `${text} <hello@shop.example>` },
        { replyTo: text },
        { to: `ada@example.com${text}` },
        { headers: { 'List-Unsubscribe': `<https://shop.example/u/1>${text}` } },
        { headers: { [text]: 'x' } },
        { tags: { store: text } },
        { tags: { [text]: 'demo' } },
      ])
        expect(await handedOver(change)).toEqual({
          asked: 0,
          outcome: { type: 'refused', code: 'header-invalid', retry: 'never' },
        });
      expect(await handedOver({})).toMatchObject({ asked: 1, outcome: { type: 'accepted' } });
    },
  );

  it.each(breaks)(
    '%j from a webhook ends in the ledger as a mail sent, to the one address, with our headers alone',
    async (text) => {
      const shop = await openShop();
      const consent = { email: 'granted', at: '2025-01-06T08:00:00Z', source: text };
      const customer = { id: 'c-1', email: 'ada@example.com', firstName: text, lastName: text, tags: [text], consent };
      await shop.standard(
        standardOrderOf(start, { customer, lines: [{ sku: text, name: text }], discounts: [{ code: text }] }),
      );
      await shop.advanceTo(start + days(9));
      expect(shop.mails.map(({ to, headers }) => [to, Object.keys(headers)])).toEqual([
        ['ada@example.com', ['List-Unsubscribe', 'List-Unsubscribe-Post']],
      ]);
      expect(Object.values(shop.mails[0]?.tags ?? {}).join('')).toMatch(/^[A-Za-z0-9_-]+$/);
    },
  );
});
