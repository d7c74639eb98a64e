import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import type { MailRequest } from '../../../shared/mail/mail-scope.ts';
import { type RenderedMail, renderMail } from '../../../shared/mail/render-mail.ts';
import { templateNames } from '../../../shared/mail/templating/template-named.ts';
import { regular, shop } from './mail-request.ts';

/** This composer folds headers at 76 characters, which has broken DKIM signatures of List-Unsubscribe: ours go in as they are. */
const unfolded = (headers: RenderedMail['headers']) =>
  Object.entries(headers).map(([key, value]) => ({ key, value: { prepared: true, value } }));

/** The raw message as a mail program would get it, and what a parser makes of it. */
const asMessage = async (firstName: string, template: string): Promise<{ raw: string; read: Email }> => {
  const { subject, html, text, headers } = renderMail({ ...request(template), profile: { firstName } });
  const to = 'customer@example.com';
  const message = await new MailComposer({ from: shop.from, to, subject, html, text, headers: unfolded(headers) })
    .compile()
    .build();
  return { raw: message.toString('latin1'), read: await PostalMime.parse(message) };
};
const headerLines = (raw: string): string[] => raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n');
const lineBreaks = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/** As long as they come: an API's own host name and the longest token. */
const unsubscribeUrl = `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/u/${'x'.repeat(120)}`;
const request = (template: string): MailRequest => ({ ...regular, template, unsubscribeUrl });

describe.each(templateNames)('the message of %s', (template) => {
  it.each(['Ada', 'José', '小林', 'محمد', '👩‍👩‍👧‍👦 Ada', 'Ada\r\nBcc: everybody@example.com'])(
    'reads back as it was written, to %j',
    async (firstName) => {
      const { read } = await asMessage(firstName, template);
      const mail = renderMail({ ...request(template), profile: { firstName } });
      expect(read.subject).toBe(mail.subject);
      expect(lineBreaks(read.text ?? '')).toBe(lineBreaks(mail.text));
      expect(lineBreaks(read.html ?? '')).toBe(lineBreaks(mail.html));
    },
  );

  it('keeps each one-click header on one line', async () => {
    const lines = headerLines((await asMessage('Ada', template)).raw);
    expect(lines.filter((line) => /^list-unsubscribe:/i.test(line))).toEqual([`List-Unsubscribe: <${unsubscribeUrl}>`]);
    expect(lines.filter((line) => /^list-unsubscribe-post:/i.test(line))).toEqual([
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
  });

  it('is 7-bit, with no line beyond 998 characters', async () => {
    const { raw } = await asMessage('小林 🌸', template);
    expect(raw).toMatch(/^[\t\r\n -~]*$/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('has the headers of a mail and no other, whatever the customer is called', async () => {
    const names = async (firstName: string) =>
      (await asMessage(firstName, template)).read.headers.map(({ key }) => key);
    expect(await names('Ada\r\nBcc: everybody@example.com')).toEqual(await names('Ada'));
    expect(await names('Ada')).not.toContain('bcc');
  });
});
