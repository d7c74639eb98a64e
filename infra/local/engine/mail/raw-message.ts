import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mailbox.ts';

/** The RFC 5322 message: the caller's own bytes, or what SES would make of simple content. */
export const rawMessage = async (mail: Mail): Promise<Buffer> => {
  if (mail.raw !== undefined) return mail.raw;
  const { From: _from, To, Subject: _subject, 'Reply-To': _replyTo, ...headers } = mail.headers;
  const composer = new MailComposer({
    from: mail.from,
    to: To ?? mail.to,
    subject: mail.subject,
    date: new Date(mail.at),
    messageId: `<${mail.id}@email.amazonses.com>`,
    // Written as given: a folded List-Unsubscribe is one that mail programs and DKIM signers have stumbled over.
    headers: Object.entries(headers).map(([key, value]) => ({ key, value: { prepared: true, value } })),
    ...(mail.replyTo.length > 0 && { replyTo: [...mail.replyTo] }),
    ...(mail.text !== '' && { text: mail.text }),
    ...(mail.html !== '' && { html: mail.html }),
  });
  return composer.compile().build();
};
