import { type SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { Mail, Mailer } from '../../ports/mailer.ts';
import { senderAddress } from './sender-address.ts';
import { outcomeOfFault } from './ses-outcome.ts';

/** Limits of SESv2 MessageHeader: printable ASCII, names up to 126 without a colon, values up to 995, 996 together. */
const fits = ([name, value]: readonly [string, string]): boolean =>
  /^[!-9;-~]{1,126}$/.test(name) && /^[\x20-\x7e]{1,995}$/.test(value) && name.length + value.length <= 996;

/** What could begin a header of its own, or be read as one: such a mail is refused, never mended into another. */
const breaksHeaders = ({ subject, from, to, replyTo = '', headers, tags }: Mail): boolean =>
  [subject, from, to, replyTo, ...[...Object.entries(headers), ...Object.entries(tags)].flat()].some((text) =>
    /[\p{Cc}\p{Zl}\p{Zp}]|=\?/u.test(text),
  );

/** Tag names and values hold `[A-Za-z0-9_-]`, 256 at most. */
const tagText = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 256);

const tagsOf = ({ tags }: Mail) =>
  Object.entries(tags).flatMap(([name, value]) =>
    value === '' ? [] : [{ Name: tagText(name), Value: tagText(value) }],
  );

const content = (text: string) => ({ Data: text, Charset: 'UTF-8' });

const requestOf = (mail: Mail, configurationSet: string): SendEmailCommandInput => ({
  FromEmailAddress: senderAddress(mail.from),
  Destination: { ToAddresses: [mail.to] },
  ...(mail.replyTo !== undefined && { ReplyToAddresses: [senderAddress(mail.replyTo)] }),
  Content: {
    Simple: {
      Subject: content(mail.subject),
      Body: { Html: content(mail.html), Text: content(mail.text) },
      Headers: Object.entries(mail.headers).map(([Name, Value]) => ({ Name, Value })),
    },
  },
  EmailTags: tagsOf(mail),
  ConfigurationSetName: configurationSet,
});

/**
 * SES has no idempotency key, so a request is made once: the client must have `maxAttempts: 1`, or a timeout inside the
 * SDK would send the mail again.
 */
export const sesMailer = (client: SESv2Client, configurationSet: string): Mailer => ({
  async send(mail) {
    if (breaksHeaders(mail) || !Object.entries(mail.headers).every(fits))
      return { type: 'refused', code: 'header-invalid', retry: 'never' };
    try {
      const { MessageId } = await client.send(new SendEmailCommand(requestOf(mail, configurationSet)));
      return MessageId ? { type: 'accepted', messageId: MessageId } : { type: 'ambiguous', code: 'no-message-id' };
    } catch (error) {
      return outcomeOfFault(error);
    }
  },
});
