import { randomUUID } from 'node:crypto';
import { account, arn, region } from '../aws-names.ts';
import { bareAddress, domainOf } from './address.ts';
import type { Mail } from './mailbox.ts';

/** What SES publishes about a mail: configuration set type -> detail-type on the bus, event type, field of the payload. */
export const mailEventNames = {
  send: { detailType: 'Email Sent', eventType: 'Send', field: 'send' },
  delivery: { detailType: 'Email Delivered', eventType: 'Delivery', field: 'delivery' },
  bounce: { detailType: 'Email Bounced', eventType: 'Bounce', field: 'bounce' },
  complaint: { detailType: 'Email Complaint Received', eventType: 'Complaint', field: 'complaint' },
  open: { detailType: 'Email Opened', eventType: 'Open', field: 'open' },
  click: { detailType: 'Email Clicked', eventType: 'Click', field: 'click' },
  reject: { detailType: 'Email Rejected', eventType: 'Reject', field: 'reject' },
  deliveryDelay: { detailType: 'Email Delivery Delayed', eventType: 'DeliveryDelay', field: 'deliveryDelay' },
  renderingFailure: { detailType: 'Email Rendering Failed', eventType: 'Rendering Failure', field: 'failure' },
} as const;
export type MailEventType = keyof typeof mailEventNames;

const iso = (at: number): string => new Date(at).toISOString();
const list = (recipients: readonly string[], more: object = {}) =>
  recipients.map((emailAddress) => ({ emailAddress, ...more }));

/** The payload SES would send, where the caller gave none of its own. */
const defaults: Record<MailEventType, (mail: Mail, at: number) => object> = {
  send: () => ({}),
  delivery: (mail, at) => ({
    timestamp: iso(at),
    processingTimeMillis: Math.max(0, at - mail.at),
    recipients: mail.recipients,
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'mta.example.com',
  }),
  bounce: (mail, at) => ({
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: list(mail.recipients, {
      action: 'failed',
      status: '5.1.1',
      diagnosticCode: 'smtp; 550 5.1.1 user unknown',
    }),
    timestamp: iso(at),
    feedbackId: `${randomUUID()}-000000`,
    reportingMTA: 'dsn; mta.example.com',
  }),
  complaint: (mail, at) => ({
    complainedRecipients: list(mail.recipients),
    timestamp: iso(at),
    feedbackId: `${randomUUID()}-000000`,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: iso(at),
  }),
  open: (_mail, at) => ({ ipAddress: '192.0.2.1', timestamp: iso(at), userAgent: 'Mozilla/5.0' }),
  click: (_mail, at) => ({
    ipAddress: '192.0.2.1',
    timestamp: iso(at),
    userAgent: 'Mozilla/5.0',
    link: 'https://example.com/',
    linkTags: null,
  }),
  reject: () => ({ reason: 'Bad content' }),
  deliveryDelay: (mail, at) => ({
    delayType: 'TransientCommunicationFailure',
    delayedRecipients: list(mail.recipients, {
      status: '4.4.1',
      diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
    }),
    timestamp: iso(at),
    expirationTime: iso(at + 12 * 3_600_000),
  }),
  renderingFailure: () => ({
    errorMessage: 'Attribute is not present in the rendering data.',
    templateName: 'Template',
  }),
};

/** The record SES publishes, on the bus as an event's detail and on a topic as the message. */
export const mailEventDetail = (mail: Mail, type: MailEventType, at: number, payload: object | undefined) => {
  const { eventType, field } = mailEventNames[type];
  return { eventType, mail: mailPart(mail), [field]: { ...defaults[type](mail, at), ...payload } };
};

const mailPart = (mail: Mail) => ({
  timestamp: iso(mail.at),
  source: mail.from,
  sourceArn: arn('ses', `identity/${bareAddress(mail.from)}`),
  sendingAccountId: account,
  messageId: mail.id,
  destination: mail.recipients,
  headersTruncated: false,
  headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
  commonHeaders: { from: [mail.from], to: [...mail.recipients], messageId: mail.id, subject: mail.subject },
  tags: {
    ...(mail.configurationSet !== undefined && { 'ses:configuration-set': [mail.configurationSet] }),
    'ses:source-ip': ['192.0.2.0'],
    'ses:from-domain': [domainOf(mail.from)],
    'ses:caller-identity': [mail.caller],
    ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
  },
});

export const configurationSetArn = (name: string): string =>
  `arn:aws:ses:${region}:${account}:configuration-set/${name}`;
