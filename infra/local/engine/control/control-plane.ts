import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { WorkerFunction } from '../compute/worker-function.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { JwtIssuer } from '../http/jwt-issuer.ts';
import { readBody } from '../http/read-body.ts';
import { replyJson, replyProblem } from '../http/reply.ts';
import { type MailEventType, mailEventNames } from '../mail/mail-events.ts';
import type { Mail, Mailbox } from '../mail/mailbox.ts';
import { rawMessage } from '../mail/raw-message.ts';
import type { SimpleEmailService } from '../mail/simple-email-service.ts';
import type { SqsQueue } from '../messaging/sqs-queue.ts';
import type { RunningTable } from '../tables/running-table.ts';
import type { Activity } from '../time/activity.ts';
import { clockTarget } from './clock-target.ts';
import { FaultControl } from './fault-control.ts';
import type { Metering } from './metering.ts';

export interface Controlled {
  now: () => number;
  advanceTo: (at: number) => Promise<void>;
  activity: Activity;
  queues: ReadonlyMap<string, SqsQueue>;
  tables: ReadonlyMap<string, RunningTable>;
  functions: ReadonlyMap<string, WorkerFunction>;
  mailbox: Mailbox;
  mail: SimpleEmailService;
  metering: Metering;
  faults: FaultBook;
  issuer: JwtIssuer;
}

const publishable = Object.keys(mailEventNames).filter(
  (type): type is MailEventType => type in mailEventNames && type !== 'send',
);
const mailEvent = z.object({ messageId: z.string(), type: z.enum(publishable), detail: z.looseObject({}).optional() });
const iso = (at: number): string => new Date(at).toISOString();

/** `/_local`: what a person or a test may ask of the running stack. */
export class ControlPlane {
  readonly #stack: Controlled;
  readonly #faults: FaultControl;

  constructor(stack: Controlled) {
    this.#stack = stack;
    this.#faults = new FaultControl(stack.faults);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const call = `${request.method} ${url.pathname.replace(/^\/_local/, '')}`;
    const raw = /^GET \/inbox\/([^/]+)\/raw$/.exec(call)?.[1];
    if (raw !== undefined) return this.#raw(response, decodeURIComponent(raw));
    switch (call) {
      case 'GET /status':
        return replyJson(response, 200, this.#status());
      case 'POST /clock':
        return this.#clock(response, await json(request));
      case 'POST /idle':
        await this.#stack.activity.idle();
        return replyJson(response, 200, { now: iso(this.#stack.now()) });
      case 'GET /inbox':
        return replyJson(response, 200, this.#inbox(url.searchParams));
      case 'POST /mail-events':
        return this.#mailEvent(response, await json(request));
      case 'GET /metering':
        return this.#metering(response, url.searchParams.get('since'));
      case 'GET /faults':
        return this.#faults.list(response);
      case 'POST /faults':
        return this.#faults.add(response, await json(request));
      case 'DELETE /faults':
        return this.#faults.clear(response);
      case 'GET /issuer/.well-known/jwks.json':
        return replyJson(response, 200, this.#stack.issuer.jwks());
      default:
        return replyProblem(response, 404, 'Not found', `${call} is not part of the local control plane`);
    }
  }

  #status() {
    const { now, activity, queues, tables, functions } = this.#stack;
    return {
      now: iso(now()),
      idle: activity.isIdle,
      queues: byName(queues, ({ visible, inFlight, dead }) => ({ visible, inFlight, dead })),
      streams: byName(tables, ({ lag }) => ({ lag })),
      functions: byName(functions, ({ invocations, errors }) => ({ invocations, errors })),
    };
  }

  async #clock(response: ServerResponse, body: unknown): Promise<void> {
    const target = clockTarget(body, this.#stack.now());
    if (target.type === 'refused') return replyProblem(response, 422, 'The clock stays where it is', target.detail);
    await this.#stack.advanceTo(target.at);
    replyJson(response, 200, { now: iso(this.#stack.now()) });
  }

  #inbox(query: URLSearchParams) {
    const wanted = { to: query.get('to') ?? undefined, campaign: query.get('campaign') ?? undefined };
    return this.#stack.mailbox.list(wanted).map(shownMail);
  }

  async #raw(response: ServerResponse, id: string): Promise<void> {
    const mail = this.#stack.mailbox.get(id);
    if (mail === undefined) return replyProblem(response, 404, 'Not found', 'no such mail');
    const message = await rawMessage(mail);
    response.writeHead(200, { 'content-type': 'message/rfc822', 'content-length': message.length });
    response.end(message);
  }

  #mailEvent(response: ServerResponse, body: unknown): void {
    const event = mailEvent.safeParse(body);
    if (!event.success) {
      replyProblem(response, 422, 'Not a mail event', faults(event.error));
      return;
    }
    const { messageId, type, detail } = event.data;
    const isKnown = this.#stack.mail.publish(messageId, type, detail);
    if (isKnown) replyJson(response, 202, { messageId, type });
    else replyProblem(response, 404, 'Not found', 'no mail has this messageId');
  }

  #metering(response: ServerResponse, since: string | null): void {
    const at = since === null ? undefined : Date.parse(since);
    if (Number.isNaN(at)) {
      replyProblem(response, 422, 'Not an instant', "'since' must be an RFC 3339 timestamp");
      return;
    }
    const { total, byFunction } = this.#stack.metering.report(at);
    replyJson(response, 200, {
      now: iso(this.#stack.now()),
      since: at === undefined ? null : iso(at),
      ...total,
      byFunction,
    });
  }
}

const shownMail = ({ id, at, to, from, subject, headers, text, html, tags }: Mail) => ({
  id,
  at: iso(at),
  to,
  from,
  subject,
  headers,
  text,
  html,
  tags,
});

const byName = <T, U>(things: ReadonlyMap<string, T>, show: (thing: T) => U): Record<string, U> =>
  Object.fromEntries([...things].map(([name, thing]) => [name, show(thing)]));

const faults = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');

const json = async (request: IncomingMessage): Promise<unknown> => {
  const text = (await readBody(request))?.toString() ?? '';
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
