import type { FeedbackEvent } from '../../../../shared/domain/sends/advance.ts';
import { type EpochMs, toIso } from '../../../../shared/domain/time.ts';
import type { Mail } from '../../../../shared/ports/mailer.ts';

type Told = Readonly<{
  type: FeedbackEvent['type'];
  at: EpochMs;
  messageId: string;
  to: string;
  tags: Mail['tags'];
}>;

const eventTypes: Readonly<Record<FeedbackEvent['type'], string>> = {
  ...{ sent: 'Send', delivered: 'Delivery', bounced: 'Bounce' },
  ...{ complained: 'Complaint', clicked: 'Click', rejected: 'Reject' },
};

/** The message the feedback queue gets of an SES event on the default bus. */
export const sesEvent = ({ type, at, messageId, to, tags }: Told): string => {
  const timestamp = toIso(Math.floor(at));
  const recipient = [{ emailAddress: to }];
  return JSON.stringify({
    detail: {
      eventType: eventTypes[type],
      mail: {
        ...{ timestamp, messageId, destination: [to] },
        tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      },
      ...(type === 'bounced' && {
        bounce: { bounceType: 'Permanent', bounceSubType: 'General', timestamp, bouncedRecipients: recipient },
      }),
      ...(type === 'complained' && { complaint: { timestamp, complainedRecipients: recipient } }),
    },
  });
};
