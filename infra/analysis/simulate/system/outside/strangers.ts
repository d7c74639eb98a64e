import { moveCounters } from '../../../../../shared/adapters/memory/memory-counters.ts';
import { hourOf } from '../../../../../shared/domain/pace/mail-health.ts';
import { accepted } from '../../../../../shared/domain/sends/advance.ts';
import type { Send } from '../../../../../shared/domain/sends/send.ts';
import { type DurationMs, days, seconds } from '../../../../../shared/domain/time.ts';
import { chanceOf } from '../../engine/chance.ts';
import { effect, type Invocation, invoke } from '../../engine/invocation.ts';
import { sesEvent } from '../../platform/ses-event.ts';
import type { Reach } from '../reach.ts';
import type { World } from '../world.ts';

/** Whose mail counts in the health and at the provider, and is looked at by no invariant. */
export const isStranger = ({ customerId }: Pick<Send, 'customerId'>): boolean => customerId.startsWith('stranger');

/** Other people and other stores of the account: their mail spends the same quota, their complaints open the same breakers. */
export const makeStrangers = (
  { machine, ports, provider }: World,
  tell: (event: string) => void,
  reach: (invocation: Invocation) => Reach,
) => {
  const { timeline, table, seed } = machine;
  let strangers = 0;
  const mailed = async (store: string): Promise<Send> => {
    const customerId = `stranger-${++strangers}`;
    const now = Math.floor(timeline.now());
    const send: Send = {
      ...{ sendId: `elsewhere-${strangers}`, store, customerId, campaign: 'elsewhere', campaignVersion: 1 },
      ...{ step: 'hello', occurrence: '1', template: 'elsewhere/hello', class: 'marketing', priority: 50 },
      ...{ byOwnAct: false, notAfterMs: days(1), createdAt: now, plannedAt: now, dueAt: now, attempt: 0, version: 1 },
      ...{ state: { status: 'pending' }, feedback: {} },
    };
    await ports.ledger.create(send);
    const sent = accepted(send, `m-elsewhere-${strangers}`, now);
    await ports.ledger.update(sent);
    return sent;
  };
  const badNews = async (store: string, type: 'bounced' | 'complained', count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      const { customerId, sendId } = await mailed(store);
      const tags = { store, customer: customerId, send: sendId };
      const messageId = `m-${sendId}`;
      tell(sesEvent({ type, at: timeline.now(), messageId, to: `${customerId}@elsewhere.example`, tags }));
    }
  };
  const sendMany = async (invocation: Invocation, mails: number): Promise<void> => {
    const { pacer } = reach(invocation);
    for (let n = 0; n < mails; n++) {
      if ((await pacer.token({ class: 'marketing', priority: 50 }, invocation.now)) !== undefined) return;
      const take = async () => provider().takeStranger();
      await effect(machine, invocation, 'mailer.send elsewhere', { kinds: ['crash-after'], lagMs: 0 }, take);
    }
  };
  return {
    badNews,
    busy: (count: number): void =>
      moveCounters(table, 'demo', [{ what: 'health', day: hourOf(timeline.now()), name: 'sent', by: count }]),
    burst({
      containers,
      mails,
      withinMs,
    }: Readonly<{ containers: number; mails: number; withinMs: DurationMs }>): void {
      for (let n = 0; n < containers; n++)
        timeline.at(timeline.now() + chanceOf(seed, 'burst', String(n), String(timeline.now())) * withinMs, () =>
          invoke(
            machine,
            'send',
            seconds(60),
            (invocation) => sendMany(invocation, mails),
            () => undefined,
          ),
        );
    },
  };
};
