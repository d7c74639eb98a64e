import { describe, expect, it } from 'vitest';
import { takeFeedback } from '../../../functions/feedback/take-feedback.ts';
import { marketingGate } from '../../../functions/send/gate/marketing-gate.ts';
import { pacer } from '../../../functions/send/gate/pacer.ts';
import { sendToCustomer } from '../../../functions/send/send-to-customer.ts';
import { memoryMailHealth } from '../../../shared/adapters/memory/memory-counters.ts';
import { memoryBreakers } from '../../../shared/adapters/memory/store/memory-breakers.ts';
import { memoryPaces } from '../../../shared/adapters/memory/store/memory-paces.ts';
import { memoryStoreList } from '../../../shared/adapters/memory/store/memory-store-list.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { wholeAccount } from '../../../shared/ports/breakers.ts';
import { start } from '../../support/customers.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

const noon = start + hours(3);

/** A customer with one rescue mail due at noon, and everything that stands before the provider. */
const scene = async (store = {}) => {
  const world = await makeWorld({ store });
  await world.order(anOrder({ orderId: '1', placedAt: start - days(100), updatedAt: start }));
  const customerId = (await world.customerOf('standard:c-1'))?.customer?.customerId ?? '';
  const sendOf = (id: string, change: Partial<Send> = {}): Send => ({
    ...{ sendId: id, store: 'demo', customerId, campaign: 'rescue', campaignVersion: 1, step: 'all-well' },
    ...{ template: 'rescue/all-well', occurrence: '1', class: 'marketing', priority: 50, byOwnAct: false },
    ...{ createdAt: start, plannedAt: noon, notAfterMs: days(5), dueAt: noon, attempt: 0, version: 1 },
    ...{ state: { status: 'pending' }, feedback: {}, ...change },
  });
  await world.deps.ledger.create(sendOf('s1'));
  const breakers = memoryBreakers(world.table);
  const health = memoryMailHealth(world.table);
  let quotaReads = 0;
  const quota = {
    read: async () => {
      quotaReads += 1;
      return { perSecond: 10, perDay: 1_000, sentLastDay: 0, readAt: start };
    },
  };
  const paces = memoryPaces(world.table);
  const gates = {
    killSwitch: { isOn: async () => false },
    gate: marketingGate(breakers, health),
    pacer: pacer(paces, quota, async () => undefined),
  };
  const warned: object[] = [];
  const log = { warn: (message: string, fields?: object) => void warned.push({ message, ...fields }) };
  const judges = { breakers, health, stores: memoryStoreList(world.table), log };
  return {
    ...{ world, customerId, sendOf, breakers, health, paces, gates, judges, warned, quotaReads: () => quotaReads },
    go: (now: number, change: Partial<typeof gates> = {}) =>
      sendToCustomer({ ...world.deps, ...gates, ...change }, { store: 'demo', customer: customerId }, now),
    one: async () => world.deps.ledger.load('demo', customerId, 's1'),
  };
};

const openBreaker = {
  version: 1,
  state: 'open',
  since: noon,
  countFrom: 0,
  openings: 1,
  until: noon + hours(12),
} as const;

describe('before the provider', () => {
  it('with nothing in the way the mail goes', async () => {
    const { go, one } = await scene();
    await go(noon);
    expect((await one())?.state.status).toBe('sent');
  });

  it('the kill switch stops everything, and nothing is written', async () => {
    const { go, one, sendOf, world } = await scene();
    await world.deps.ledger.create(sendOf('t1', { class: 'transactional', campaign: 'consent-confirmation' }));
    const before = await one();
    await go(noon, { killSwitch: { isOn: async () => true } });
    expect(world.mails).toEqual([]);
    expect(await one()).toEqual(before);
    await go(noon);
    expect((await one())?.state.status).toBe('sent');
  });

  it('a switch that cannot be read is not off: the message fails and comes back', async () => {
    const { go, world } = await scene();
    const killSwitch = { isOn: () => Promise.reject(new Error('no answer')) };
    await expect(go(noon, { killSwitch })).rejects.toThrow('no answer');
    expect(world.mails).toEqual([]);
  });

  it('a paused store mails nothing, and goes on when it is resumed', async () => {
    const { go, one, world } = await scene({ pausedAt: start });
    await go(noon);
    expect(await one()).toMatchObject({ state: { status: 'pending' }, dueAt: noon + minutes(10), attempt: 0 });
    await world.deps.catalogue.put({ ...world.store, pausedAt: undefined } as never);
    await go(noon + minutes(10));
    expect((await one())?.state.status).toBe('sent');
  });

  it.each(['demo', wholeAccount])('the open breaker of %s has marketing wait until its time', async (scope) => {
    const { go, one, breakers } = await scene();
    await breakers.save(scope, openBreaker);
    await go(noon);
    expect(await one()).toMatchObject({ state: { status: 'pending' }, attempt: 0 });
    expect(Math.floor(((await one())?.dueAt ?? 0) / minutes(1)) * minutes(1)).toBe(noon + hours(12));
  });

  it('a half-open breaker gives each mail a probe, and none when they are gone', async () => {
    const { go, one, breakers } = await scene();
    await breakers.save('demo', { ...openBreaker, until: noon });
    await go(noon);
    expect((await one())?.state.status).toBe('sent');
    expect(await breakers.load('demo')).toMatchObject({ state: 'half-open', probesLeft: 49 });
    const empty = await scene();
    await empty.breakers.save('demo', { ...openBreaker, state: 'half-open', probesLeft: 0 });
    await empty.go(noon + 1);
    expect((await empty.one())?.state.status).toBe('pending');
  });

  it('no token, no attempt: the mail waits with its number unspent', async () => {
    const { go, one, gates } = await scene();
    await go(noon, { pacer: { ...gates.pacer, token: async () => noon + minutes(10) } });
    expect(await one()).toMatchObject({
      state: { status: 'pending' },
      dueAt: noon + minutes(10),
      attempt: 0,
      version: 2,
    });
  });

  it('"slower" from the provider halves the pace of all, and the attempt is not spent', async () => {
    const { go, one, paces, world } = await scene();
    const mailer = { send: async () => ({ type: 'refused', code: 'too-many-requests', retry: 'slower' }) as const };
    await sendToCustomer(
      {
        ...world.deps,
        mailer,
        pacer: pacer(paces, { read: async () => ({ perSecond: 10, perDay: 9_999, sentLastDay: 0, readAt: start }) }),
      },
      { store: 'demo', customer: (await one())?.customerId ?? '' },
      noon,
    );
    expect(await one()).toMatchObject({ attempt: 0, state: { status: 'pending' } });
    expect((await paces.load()).share).toBe(0.5);
    await go(noon + minutes(5));
    expect((await one())?.state.status).toBe('sent');
  });

  it('one block serves many mails: the quota and the table are asked once', async () => {
    const { gates, quotaReads } = await scene();
    const mail = { class: 'marketing' as const, priority: 50 };
    expect(await Promise.all([1, 2].map(() => gates.pacer.token(mail, noon)))).toEqual([undefined, undefined]);
    expect(quotaReads()).toBe(1);
    await gates.pacer.token(mail, noon);
    expect(quotaReads()).toBe(2);
  });

  it('a new sender stops at the allowance of the day, by what really left', async () => {
    const { go, one, world, sendOf } = await scene({ warmupFrom: noon - hours(1) });
    for (let n = 0; n < 200; n += 1) {
      const sent = sendOf(`w${n}`, { state: { status: 'sent', sentAt: noon, messageId: `m${n}` } });
      await world.deps.ledger.create({ ...sent, state: { status: 'pending' } });
      await world.deps.ledger.update({ ...sent, version: 2 });
    }
    await go(noon);
    expect(await one()).toMatchObject({ state: { status: 'pending' }, attempt: 0 });
    await go(noon + days(1));
    expect((await one())?.state.status).toBe('sent');
  });
});

describe('the breaker, from feedback', () => {
  it('counts each mail and kind once, however often and in whatever order it is told, and opens for store and account', async () => {
    const { world, customerId, sendOf, breakers, health, judges, warned } = await scene();
    const deps = { ...world.deps, react: world.deps.react, judges };
    for (let n = 0; n < 100; n += 1) {
      const send = sendOf(`b${n}`);
      await world.deps.ledger.create(send);
      await world.deps.ledger.update({
        ...send,
        version: 2,
        state: { status: 'sent', sentAt: noon, messageId: `m${n}` },
      });
    }
    const bounceOf = (n: number) => ({
      ...{ store: 'demo', customer: customerId, send: `b${n}`, isHardBounce: true, addresses: [] },
      feedback: { type: 'bounced' as const, at: noon + 1, messageId: `m${n}`, bounce: 'Permanent/General' },
    });
    for (let n = 0; n < 9; n += 1) for (const _twice of [1, 2, 3]) await takeFeedback(deps, bounceOf(n), noon + 1);
    expect(await health.read('demo', noon, noon + 1)).toEqual([
      expect.objectContaining({ sent: 100, bounced: 9, complained: 0 }),
    ]);
    expect((await breakers.load('demo')).state).toBe('closed');
    await takeFeedback(deps, bounceOf(9), noon + 1);
    expect(await breakers.load('demo')).toMatchObject({ state: 'open', cause: 'bounces', version: 1 });
    expect(await breakers.load(wholeAccount)).toMatchObject({ state: 'open' });
    await takeFeedback(deps, bounceOf(9), noon + 1);
    expect(await breakers.load('demo')).toMatchObject({ version: 1 });
    expect(warned).toContainEqual(
      expect.objectContaining({ message: 'breaker.opened', scope: 'demo', cause: 'bounces' }),
    );
  });

  it('soft bounces and clicks count against nobody', async () => {
    const { world, customerId, sendOf, health, judges } = await scene();
    const send = sendOf('x');
    await world.deps.ledger.create(send);
    await world.deps.ledger.update({ ...send, version: 2, state: { status: 'sent', sentAt: noon, messageId: 'm' } });
    const event = { store: 'demo', customer: customerId, send: 'x', isHardBounce: false, addresses: [] };
    const deps = { ...world.deps, judges };
    await takeFeedback(
      deps,
      { ...event, feedback: { type: 'bounced', at: noon, messageId: 'm', bounce: 'Transient/General' } },
      noon,
    );
    await takeFeedback(
      deps,
      { ...event, feedback: { type: 'clicked', at: noon + hours(1), messageId: 'm' } },
      noon + hours(1),
    );
    expect(await health.read('demo', noon, noon + hours(2))).toEqual([
      expect.objectContaining({ sent: 1, bounced: 0, complained: 0 }),
    ]);
  });
});
