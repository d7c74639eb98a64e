import type { Mail, Mailer, MailOutcome } from '../../../ports/mailer.ts';

/** Keeps what was sent; `answer` decides the outcome, acceptance by default. */
export const memoryMailer = (
  answer: (mail: Mail, nth: number) => MailOutcome = (_, nth) => ({ type: 'accepted', messageId: `message-${nth}` }),
): Mailer & Readonly<{ sent: readonly Mail[] }> => {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      sent.push(mail);
      return answer(mail, sent.length);
    },
  };
};
