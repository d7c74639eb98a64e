import { describe, expect, it } from 'vitest';
import { type Pacer, pacer } from '../../functions/send/gate/pacer.ts';
import { sendToCustomer } from '../../functions/send/send-to-customer.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { dueShard } from '../../shared/adapters/dynamodb/keys.ts';
import { memoryDueIndex } from '../../shared/adapters/memory/memory-due-index.ts';
import { memoryPaces } from '../../shared/adapters/memory/store/memory-paces.ts';
import { hashOf } from '../../shared/domain/hash.ts';
import type { Quota } from '../../shared/domain/pace/pace.ts';
import { confirmationCampaign } from '../../shared/domain/sends/confirmation-send.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { days, type EpochMs, hours, minutes, seconds } from '../../shared/domain/time.ts';
import type { MailOutcome } from '../../shared/ports/mailer.ts';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';
import { start } from '../support/customers.ts';
import { anOrder, makeWorld } from '../support/world.ts';

const noon = start + hours(3);
const people = 48;
/** What each customer waits for: nine campaigns' worth of ranks, and every sixth an answer. */
const ranks = [90, 70, 60, 55, 50, 45, 40, 20];
const isAnswer = (n: number): boolean => n % 6 === 0;
const priorityOf = (n: number): number => (isAnswer(n) ? 10 : (ranks[n % ranks.length] ?? 0));
const ofRank = (n: number): number => (isAnswer(n) ? 1_000 : priorityOf(n));

const mailFor = (n: number, customerId: string): Send => ({
  ...{ sendId: hashOf(['backlog', String(n)]), store: 'demo', customerId, campaignVersion: 1, occurrence: '1' },
  ...(isAnswer(n)
    ? { campaign: confirmationCampaign.id, step: 'please-confirm', template: 'consent/please-confirm' }
    : { campaign: 'rescue', step: 'all-well', template: 'rescue/all-well' }),
  class: isAnswer(n) ? 'transactional' : 'marketing',
  ...{ priority: priorityOf(n), byOwnAct: false, createdAt: start, plannedAt: noon, notAfterMs: days(5), dueAt: noon },
  ...{ attempt: 0, version: 1, state: { status: 'pending' }, feedback: {} },
});

/** Many customers of one shop, each with one mail due at noon, and a provider whose quota can be used up. */
const backlog = async (shards: number) => {
  const world = await makeWorld();
  const numbers = new Map<string, number>();
  for (let n = 0; n < people; n += 1) {
    const state = isAnswer(n) ? ('pending' as const) : ('granted' as const);
    // Older than what is still asked about: the answers below are the only ones.
    const consent = { state, at: start - days(3), basis: 'express', source: 'checkout' } as const;
    const customer = { externalId: `c-${n}`, email: `c${n}@example.com`, country: 'GB', consent };
    // Older than any campaign's trigger: nothing but the mails below is ever planned.
    await world.order(
      anOrder({ orderId: `o-${n}`, placedAt: start - days(100), updatedAt: start, customer: customer as never }),
    );
    const id = (await world.customerOf(`standard:c-${n}`))?.customer?.customerId ?? '';
    numbers.set(id, n);
    await world.deps.ledger.create(mailFor(n, id));
  }
  let quota: Quota = { perSecond: 1_000, perDay: 1_000, sentLastDay: 0, readAt: start };
  let answer: MailOutcome | undefined;
  const order: number[] = [];
  const mailer = {
    send: async (mail: { to: string }): Promise<MailOutcome> => {
      if (answer !== undefined) return answer;
      order.push(Number(/\d+/.exec(mail.to)));
      return { type: 'accepted', messageId: `m-${order.length}` };
    },
  };
  const pace: Pacer = pacer(memoryPaces(world.table), { read: async () => quota }, async () => undefined);
  const deps = { ...world.deps, mailer, pacer: pace };
  const go = (call: CustomerCall, now: EpochMs) => sendToCustomer(deps, call, now);
  const due = memoryDueIndex({ ...world.table, dueShards: shards });
  return {
    world,
    order,
    numbers,
    setQuota: (used: number, at: EpochMs) => (quota = { ...quota, sentLastDay: used, readAt: at }),
    refuse: (outcome: MailOutcome | undefined) => (answer = outcome),
    /** Everybody is tried once, in an order of no meaning, over four minutes. */
    tryAll: async (from: EpochMs) => {
      const mixed = [...numbers].sort(([a], [b]) => (hashOf([a]) < hashOf([b]) ? -1 : 1));
      for (const [at, [customer]] of mixed.entries()) await go({ store: 'demo', customer }, from + at * seconds(5));
    },
    /** One tick of the sweep: whom it hands over, in that order. */
    tick: async (now: EpochMs): Promise<readonly number[]> => {
      const calls: CustomerCall[] = [];
      const send = { enqueue: async (more: readonly CustomerCall[]) => void calls.push(...more) };
      const others = { enqueue: async () => undefined };
      const { faults } = await sweep({ ledger: deps.ledger, due, send, enrol: others, react: others }, now);
      expect(faults).toEqual([]);
      for (const call of calls) await go(call, now);
      return calls.map(({ customer }) => numbers.get(customer) ?? -1);
    },
    shardOf: (n: number) => dueShard([...numbers].find(([, number]) => number === n)?.[0] ?? '', shards),
    sends: () => [...world.table.rows()].flatMap((row) => (row.entity === 'SEND' ? [row.value] : [])),
  };
};

const byRank = (numbers: readonly number[]): readonly number[] => numbers.map(ofRank);
const descending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => b - a);

describe('fault 9: the day’s quota is used up, and many wait', () => {
  it.each([
    ['by our own count', undefined],
    ['by the provider’s word', { type: 'refused', code: 'daily-quota', retry: 'tomorrow' } as const],
  ])('%s: all come back in one window, answers first, then by priority, across customers', async (_name, refusal) => {
    const { setQuota, refuse, tryAll, tick, order, sends } = await backlog(1);
    refuse(refusal);
    setQuota(refusal === undefined ? 1_000 : 0, noon);
    await tryAll(noon);
    expect(order).toEqual([]);
    expect(sends().every(({ state, attempt }) => state.status === 'pending' && attempt === 0)).toBe(true);
    const waitingUntil = sends().map(({ dueAt = 0 }) => Math.floor(dueAt / minutes(10)));
    expect(new Set(waitingUntil).size).toBe(1);
    refuse(undefined);
    setQuota(0, noon + minutes(10));
    const handed = [...(await tick(noon + minutes(11)))];
    expect(handed).toHaveLength(people);
    expect(byRank(handed)).toEqual(descending(byRank(handed)));
    expect(byRank(order)).toEqual(descending(byRank(order)));
    expect(order).toHaveLength(people);
  });

  it('and frees for twenty only: the twenty of the highest rank, the others keep their order for the next window', async () => {
    const { setQuota, tryAll, tick, order, sends } = await backlog(1);
    setQuota(1_000, noon);
    await tryAll(noon);
    // Marketing stops at 950; answers have the whole.
    setQuota(938, noon + minutes(10));
    await tick(noon + minutes(11));
    const first = [...order];
    expect(first.filter(isAnswer)).toHaveLength(8);
    expect(byRank(first)).toEqual(descending(byRank(first)));
    const waiting = [...Array(people).keys()].filter((n) => !first.includes(n));
    expect(Math.max(...byRank(waiting))).toBeLessThanOrEqual(Math.min(...byRank(first)));
    setQuota(0, noon + minutes(20));
    for (const minute of [20, 21, 22, 31, 41]) await tick(noon + minutes(minute));
    expect(order).toHaveLength(people);
    expect(byRank(order)).toEqual(descending(byRank(order)));
    expect(sends().map(({ attempt }) => attempt)).toEqual(Array.from({ length: people }, () => 1));
  });

  it('on sixteen shards: each hands over in that order, all in one tick', async () => {
    const { setQuota, tryAll, tick, sends, shardOf } = await backlog(16);
    setQuota(1_000, noon);
    await tryAll(noon);
    setQuota(0, noon + minutes(10));
    const handed = await tick(noon + minutes(11));
    expect([...handed].sort((a, b) => a - b)).toEqual([...Array(people).keys()]);
    for (let shard = 0; shard < 16; shard += 1) {
      const ofShard = byRank(handed.filter((n) => shardOf(n) === shard));
      expect(ofShard).toEqual(descending(ofShard));
    }
    expect(sends().every(({ state }) => state.status === 'sent')).toBe(true);
  });
});
