import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Metering } from '../control/metering.ts';
import type { Handover } from '../faults/handover.ts';
import { AwsFault } from '../messaging/aws-fault.ts';
import type { EventBus } from '../messaging/event-bus.ts';
import type { SnsTopic } from '../messaging/sns-topic.ts';
import type { Activity } from '../time/activity.ts';
import { bareAddress } from './address.ts';
import { configurationSetArn, type MailEventType, mailEventDetail, mailEventNames } from './mail-events.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import { eventsAfterSend } from './mailbox-simulator.ts';
import { checkSendRequest, recipientsOf, type SendRequest, sendRequest } from './send-request.ts';

export interface EventDestination {
  types: ReadonlySet<string>;
  /** A topic; without one, the default bus. */
  topic: SnsTopic | undefined;
}

export interface MailSurroundings {
  mailbox: Mailbox;
  defaultBus: EventBus;
  /** Event destinations by configuration set. */
  configurationSets: ReadonlyMap<string, readonly EventDestination[]>;
  activity: Activity;
  metering: Metering;
  handover: Handover;
  now: () => number;
}

/** SES: checks and keeps mails, then publishes what happens to them. */
export class SimpleEmailService {
  readonly #around: MailSurroundings;

  constructor(around: MailSurroundings) {
    this.#around = around;
  }

  /** Accepts a mail and answers with its message id. */
  async send(body: unknown, caller: string): Promise<string> {
    const request = sendRequest.parse(body);
    checkSendRequest(request);
    const configurationSet = request.ConfigurationSetName ?? undefined;
    if (configurationSet !== undefined && !this.#around.configurationSets.has(configurationSet)) {
      throw new AwsFault(404, 'NotFoundException', `Configuration set <${configurationSet}> does not exist.`);
    }
    const mail = await this.#mailOf(request, configurationSet, caller);
    this.#around.mailbox.add(mail);
    this.#around.metering.add(caller, 'mails', mail.recipients.length);
    this.#publishLater(mail);
    return mail.id;
  }

  sentLast24Hours(): number {
    return this.#around.mailbox.recipientsSince(this.#around.now() - 24 * 3_600_000);
  }

  /** Publishes an event about a mail wherever its configuration set sends that type; says whether the mail is known. */
  publish(messageId: string, type: MailEventType, payload?: object): boolean {
    const mail = this.#around.mailbox.get(messageId);
    if (mail === undefined) return false;
    const { configurationSets, defaultBus, handover, now } = this.#around;
    const detail = mailEventDetail(mail, type, now(), payload);
    const destinations = configurationSets.get(mail.configurationSet ?? '') ?? [];
    for (const { topic } of destinations.filter(({ types }) => types.has(type.toLowerCase()))) {
      handover.pass('ses', type, () => {
        if (topic !== undefined) topic.publish(JSON.stringify(detail), 'Amazon SES Email Event Notification');
        else defaultBus.publish(busEvent(mail, type, detail));
      });
    }
    return true;
  }

  /** After the call has been answered, as at AWS. */
  #publishLater(mail: Mail): void {
    this.#around.activity.begin();
    setImmediate(() => {
      this.publish(mail.id, 'send');
      for (const { type, payload } of eventsAfterSend(mail.to)) this.publish(mail.id, type, payload);
      this.#around.activity.end();
    });
  }

  #mailOf(request: SendRequest, configurationSet: string | undefined, caller: string): Promise<Mail> | Mail {
    const at = this.#around.now();
    const id = `0100${at.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
    const tags = Object.fromEntries((request.EmailTags ?? []).map(({ Name, Value }) => [Name, Value]));
    const shared = { id, at, tags, configurationSet, caller };
    const { Simple, Raw } = request.Content;
    return Simple === undefined || Simple === null
      ? rawMail(request, Raw?.Data ?? '', shared)
      : simpleMail(request, Simple, shared);
  }
}

type Shared = Pick<Mail, 'id' | 'at' | 'tags' | 'configurationSet' | 'caller'>;

const simpleMail = (
  request: SendRequest,
  simple: NonNullable<SendRequest['Content']['Simple']>,
  shared: Shared,
): Mail => {
  const recipients = recipientsOf(request).map(bareAddress);
  const from = request.FromEmailAddress ?? '';
  const subject = simple.Subject.Data;
  const replyTo = request.ReplyToAddresses ?? [];
  const headers = {
    From: from,
    To: (request.Destination?.ToAddresses ?? []).join(', '),
    Subject: subject,
    ...(replyTo.length > 0 && { 'Reply-To': replyTo.join(', ') }),
    ...Object.fromEntries((simple.Headers ?? []).map(({ Name, Value }) => [Name, Value])),
  };
  const text = simple.Body.Text?.Data ?? '';
  const html = simple.Body.Html?.Data ?? '';
  return {
    ...shared,
    to: recipients[0] ?? '',
    recipients,
    from,
    subject,
    headers,
    text,
    html,
    raw: undefined,
    replyTo,
  };
};

const rawMail = async (request: SendRequest, data: string, shared: Shared): Promise<Mail> => {
  const raw = Buffer.from(data, 'base64');
  const parsed = await PostalMime.parse(raw);
  const headers = Object.fromEntries(parsed.headers.map(({ originalKey, value }) => [originalKey, value]));
  const written = [...(parsed.to ?? []), ...(parsed.cc ?? [])].flatMap(({ address }) =>
    address === undefined ? [] : [address],
  );
  const named = recipientsOf(request).map(bareAddress);
  const recipients = named.length > 0 ? named : written;
  if (recipients.length === 0) throw new AwsFault(400, 'BadRequestException', 'Missing destination.');
  return {
    ...shared,
    to: recipients[0] ?? '',
    recipients,
    from: request.FromEmailAddress ?? headers['From'] ?? '',
    subject: parsed.subject ?? '',
    headers,
    text: parsed.text ?? '',
    html: parsed.html ?? '',
    raw,
    replyTo: [],
  };
};

const busEvent = (mail: Mail, type: MailEventType, detail: object) => ({
  source: 'aws.ses',
  detailType: mailEventNames[type].detailType,
  detail,
  resources: mail.configurationSet === undefined ? [] : [configurationSetArn(mail.configurationSet)],
});
