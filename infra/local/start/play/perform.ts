import * as z from 'zod';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { HttpCaller } from './http-caller.ts';
import type { Act } from './script.ts';
import { signedHeaders, type WebhookSecrets } from './sign-delivery.ts';

/** Where acts go: public addresses only. */
export type Target = Readonly<{
  api: string;
  control: string;
  store: string;
  secrets: WebhookSecrets;
  http: HttpCaller;
  now: () => EpochMs;
}>;

/** Somebody who has unsubscribed, and the instant the system had said so. */
export type OptOut = Readonly<{ address: string; at: EpochMs }>;

/** What the outside world was answered. */
export interface Answers {
  webhooks: number;
  accepted: number;
  /** By reason: duplicate, stale, ... */
  ignored: Map<string, number>;
  /** Anything that was not answered as promised, by what it was. */
  failed: Map<string, number>;
  optOuts: OptOut[];
  bounces: number;
  complaints: number;
  clicks: number;
  /** From sending a webhook until nothing was left to do, for each that came alone. */
  restMs: number[];
}

export const noAnswers = (): Answers => ({
  webhooks: 0,
  accepted: 0,
  ignored: new Map(),
  failed: new Map(),
  optOuts: [],
  bounces: 0,
  complaints: 0,
  clicks: 0,
  restMs: [],
});

const increment = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const answerSchema = z.object({ status: z.enum(['accepted', 'ignored']), reason: z.string().optional() });

const deliver = async (
  target: Target,
  { delivery }: Extract<Act, { type: 'webhook' }>,
  answers: Answers,
): Promise<void> => {
  const { status, body } = await target.http.call({
    method: 'POST',
    url: `${target.api}/webhooks/${target.store}/${delivery.source}`,
    headers: signedHeaders(delivery, target.secrets, target.now()),
    body: delivery.body,
  });
  answers.webhooks += 1;
  if (status !== 202) return increment(answers.failed, `${delivery.topic} answered ${status}`);
  const answer = answerSchema.parse(JSON.parse(body));
  if (answer.status === 'accepted') answers.accepted += 1;
  else increment(answers.ignored, answer.reason ?? 'unnamed');
};

const unsubscribe = async (
  target: Target,
  { url, address }: Extract<Act, { type: 'unsubscribe' }>,
  answers: Answers,
): Promise<void> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status } = await target.http.call({ method: 'POST', url, headers, body: 'List-Unsubscribe=One-Click' });
  if (status === 200) answers.optOuts.push({ address, at: target.now() });
  else increment(answers.failed, `unsubscribe answered ${status}`);
};

const eventCounter = { bounce: 'bounces', complaint: 'complaints', click: 'clicks' } as const;

const tellMailEvent = async (
  target: Target,
  act: Extract<Act, { type: 'mail-event' }>,
  answers: Answers,
): Promise<void> => {
  const { status } = await target.http.call({
    method: 'POST',
    url: `${target.control}/mail-events`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      messageId: act.messageId,
      type: act.event,
      ...(act.detail === undefined ? {} : { detail: act.detail }),
    }),
  });
  if (status >= 300) return increment(answers.failed, `mail event ${act.event} answered ${status}`);
  answers[eventCounter[act.event]] += 1;
};

const perform = (target: Target, act: Act, answers: Answers): Promise<void> => {
  if (act.type === 'webhook') return deliver(target, act, answers);
  return act.type === 'unsubscribe' ? unsubscribe(target, act, answers) : tellMailEvent(target, act, answers);
};

/** Does all acts at once, but those of one person in their order. */
export const performAll = async (target: Target, acts: readonly Act[], answers: Answers): Promise<void> => {
  const chains = Map.groupBy(acts, ({ chain }) => chain);
  await Promise.all(
    [...chains.values()].map(async (chain) => {
      for (const act of chain) await perform(target, act, answers);
    }),
  );
};
