import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { templateNames } from '../../../shared/mail/templating/template-named.ts';
import { Refused, type SentMessage, sentMessage, type Words } from './sent-message.ts';

/** What people are called, and what some would rather be called. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '👩‍👩‍👧‍👦 Ada 🇬🇧',
    'محمد بن عبد الله',
    'שָׁלוֹם',
    '小林 一茶',
    'Zoë Ångström',
    'Ada\r\nBcc: everybody@example.com',
    'Ada\n\nContent-Type: text/html',
    '=?UTF-8?B?QmNjOiB4?=',
    '\ud800 lone \udfff',
    '\u202eadA',
    '   ',
    '',
    '"Ada" <x@y.example>, z@y.example',
    'x'.repeat(10_000),
    '字'.repeat(10_000),
    '\u0000\u0007\u001b[31m',
  ),
);

const allowed = [
  ...['content-type', 'date', 'from', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id', 'mime-version'],
  ...['reply-to', 'subject', 'to'],
];
const lf = (text: string | undefined): string => (text ?? '').replaceAll('\r\n', '\n').trimEnd();

const expectSound = ({ mail, raw, read, lines }: SentMessage): void => {
  const keys = read.headers.map(({ key }) => key);
  expect(keys.filter((key) => !allowed.includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(read.to?.map(({ address }) => address)).toEqual([mail.to]);
  expect(read.cc ?? read.bcc ?? []).toEqual([]);
  expect(read.from?.address).toBe('hello@harbour.example');
  expect(read.subject).toBe(mail.subject);
  expect(lf(read.text)).toBe(lf(mail.text));
  expect(lf(read.html)).toBe(lf(mail.html));
  expect(read.attachments).toEqual([]);
  expect(lines.filter((line) => /^list-unsubscribe:/i.test(line))).toEqual([
    `List-Unsubscribe: ${mail.headers['List-Unsubscribe']}`,
  ]);
  expect(lines.filter((line) => /^list-unsubscribe-post:/i.test(line))).toEqual([
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ]);
  expect(mail.headers['List-Unsubscribe']).toMatch(/^<https:\/\/[!-~]+>$/);
  expect(raw).toMatch(/^[\t\r\n -~]*$/);
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(mail.subject.isWellFormed() && mail.html.isWellFormed() && mail.text.isWellFormed()).toBe(true);
};

/** A mail that cannot be lawful or true is not made; that is no message to check. */
const soundOrRefused = async (words: Words): Promise<void> => {
  try {
    expectSound(await sentMessage(words));
  } catch (error) {
    const isRefusal = error instanceof Refused || (error instanceof LifecycleError && error.code === 'template.failed');
    if (!isRefusal) throw error;
  }
};

describe('every message that leaves', () => {
  it.each(templateNames)('%s reads back as it was written, by a parser that is not ours', async (template) => {
    expectSound(await sentMessage({ template }));
  });

  it('whatever the customer is called: valid MIME, one line for each unsubscribe header, no header of theirs', () =>
    fc.assert(
      fc.asyncProperty(anyText, anyText, fc.constantFrom(...templateNames), async (firstName, lastName, template) => {
        expectSound(await sentMessage({ template, profile: { firstName, lastName } }));
      }),
      { numRuns: 150 },
    ));

  it('whatever the shop and its sender are called, and wherever it stands', () =>
    fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (name, sender, postalAddress) => {
        const from = `${sender.replaceAll(/[<>]/g, '')} <hello@harbour.example>`;
        await soundOrRefused({ store: { name, from, postalAddress } });
      }),
      { numRuns: 150 },
    ));

  it('whatever name stands before the sender’s address, the address is read as ours', () =>
    fc.assert(
      fc.asyncProperty(anyText, async (sender) => {
        await soundOrRefused({ store: { from: `${sender.replaceAll(/[<>]/g, '')} <hello@harbour.example>` } });
      }),
      { numRuns: 150 },
    ));

  it('a reward code cannot break out either', () =>
    fc.assert(
      fc.asyncProperty(anyText, async (loyalty) => {
        await soundOrRefused({ template: 'loyalty-reward/thank-you', store: { rewardCodes: { loyalty } } });
      }),
      { numRuns: 60 },
    ));

  it('in China the label stands first in the subject the parser reads, encoded where it has to be', async () => {
    const { read, lines } = await sentMessage({ profile: { country: 'CN', locale: 'zh-CN', firstName: '小林' } });
    expect(read.subject?.startsWith('广告 ')).toBe(true);
    expect(lines.find((line) => line.startsWith('Subject:'))).toContain('=?UTF-8?');
    const english = await sentMessage({ profile: { country: 'CN', locale: 'en' } });
    expect(english.read.subject?.startsWith('AD ')).toBe(true);
  });
});

const program = 'spamassassin';
const assassin = spawnSync(program, ['--version']).status === 0;
const whyNot = assassin ? '' : '(skipped: no spamassassin on this machine)';

describe.skipIf(!assassin)(`SpamAssassin's local rules ${whyNot}`, () => {
  it.each(templateNames)(
    'find nothing to object to in %s',
    async (template) => {
      const { raw } = await sentMessage({ template });
      const { stdout } = spawnSync(program, ['--local', '--test-mode'], { input: raw, encoding: 'latin1' });
      const score = Number(/^X-Spam-Status:.*?score=(-?[\d.]+)/ms.exec(stdout)?.[1] ?? 'NaN');
      expect(score).toBeLessThan(2);
    },
    60_000,
  );
});
