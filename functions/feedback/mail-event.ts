import * as z from 'zod';
import { normaliseEmail } from '../../shared/domain/identity/normalise-email.ts';
import type { FeedbackEvent } from '../../shared/domain/sends/advance.ts';
import { parseInstant } from '../../shared/domain/time.ts';

/** A provider event about one of our mails. */
export type MailEvent = Readonly<{
  store: string;
  customer: string;
  send: string;
  feedback: FeedbackEvent;
  isHardBounce: boolean;
  /** Normalised addresses the event speaks of. */
  addresses: readonly string[];
}>;

const recipients = z.array(z.object({ emailAddress: z.string() }));

/**
 * The record SES publishes for a configuration set; only what we read.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
const record = z.object({
  eventType: z.string(),
  mail: z.object({
    timestamp: z.string(),
    messageId: z.string().min(1),
    destination: z.array(z.string()).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().default(''),
      timestamp: z.string(),
      bouncedRecipients: recipients.default([]),
    })
    .optional(),
  complaint: z.object({ timestamp: z.string(), complainedRecipients: recipients.default([]) }).optional(),
  delivery: z.object({ timestamp: z.string() }).optional(),
  click: z.object({ timestamp: z.string() }).optional(),
});

type SesRecord = z.infer<typeof record>;

const types: Readonly<Record<string, FeedbackEvent['type']>> = {
  Send: 'sent',
  Delivery: 'delivered',
  Bounce: 'bounced',
  Complaint: 'complained',
  Click: 'clicked',
  Reject: 'rejected',
};

/**
 * Reads an SES event. Opens are never read, whatever is configured.
 *
 * @returns `undefined` for a kind that says nothing of a mail's fate, and for mails that carry none of our tags.
 */
export const mailEventOf = (detail: unknown): MailEvent | undefined => {
  const parsed = record.safeParse(detail);
  if (!parsed.success) return undefined;
  const { mail, bounce } = parsed.data;
  const type = types[parsed.data.eventType];
  const [store, customer, send] = ['store', 'customer', 'send'].map((name) => mail.tags[name]?.[0]);
  if (type === undefined || store === undefined || customer === undefined || send === undefined) return undefined;
  return {
    ...{ store, customer, send },
    feedback: {
      type,
      at: timeOf(parsed.data, type),
      messageId: mail.messageId,
      ...(bounce && { bounce: `${bounce.bounceType}/${bounce.bounceSubType}` }),
    },
    isHardBounce: bounce?.bounceType === 'Permanent',
    addresses: addressesOf(parsed.data),
  };
};

const timeOf = ({ mail, bounce, complaint, delivery, click }: SesRecord, type: FeedbackEvent['type']): number => {
  const own = {
    bounced: bounce,
    complained: complaint,
    delivered: delivery,
    clicked: click,
    sent: undefined,
    rejected: undefined,
  }[type];
  return parseInstant(own?.timestamp ?? mail.timestamp) ?? parseInstant(mail.timestamp) ?? 0;
};

const addressesOf = ({ mail, bounce, complaint }: SesRecord): readonly string[] => {
  const told = [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])].map(
    ({ emailAddress }) => emailAddress,
  );
  const addresses = (told.length === 0 ? mail.destination : told).map((text) =>
    normaliseEmail(text.replace(/^.*<([^>]*)>$/, '$1')),
  );
  return [...new Set(addresses.filter((address) => address !== undefined))];
};
