import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../../infra/analysis/backtest/people/arrivals-of.ts';
import { peopleOf } from '../../../infra/analysis/backtest/people/people-of.ts';
import { replayPerson } from '../../../infra/analysis/backtest/replay/replay-person.ts';
import type { ReplayRules } from '../../../infra/analysis/backtest/replay/replay-rules.ts';
import type { OrderFileHistory } from '../../../infra/local/orders/history.ts';
import { historyScript } from '../../../infra/local/orders/history-script.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { standardIntake } from '../../../shared/domain/intake/standard/standard.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';
import type { Rhythm, StoreSettings } from '../../../shared/domain/store.ts';
import { activeCampaignsOf } from '../../../shared/domain/store-definitions.ts';
import { days, type EpochMs, hours, minutes } from '../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../shared/ports/customer-store.ts';
import { makeWorld, shop } from '../../support/world.ts';
import { anyHistory } from './any-history.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;
type Consent = 'assumed' | 'none';

/** What the webhooks of a history say, in order. */
const webhooksOf = (history: OrderFileHistory, consent: Consent): readonly Order[] =>
  historyScript(history, { consent })
    .take(Number.MAX_SAFE_INTEGER)
    .map((act) => {
      if (act.type !== 'webhook') throw new Error(`a history does nothing but order, got ${act.type}`);
      const context = { store: 'demo', now: act.at, topic: '', eventId: act.delivery.id };
      const reading = standardIntake(JSON.parse(act.delivery.body), context);
      if (reading.type !== 'read' || reading.intake.type !== 'order') throw new Error(JSON.stringify(reading));
      return reading.intake.order;
    });

const endOf = ({ orders, refunds }: OrderFileHistory): EpochMs =>
  Math.max(...orders.map(({ placedAt }) => placedAt), ...refunds.map(({ at }) => at)) + days(400);

type Night = Readonly<{ day: number; rhythm: Rhythm; rebase: boolean }>;

/** Nights on which the store finds its customers faster or slower than it thought. */
const anyNights: fc.Arbitrary<readonly Night[]> = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: 0, max: 700 }),
    rhythm: fc.constantFrom('fast', 'normal', 'slow'),
    rebase: fc.boolean(),
  }),
  { maxLength: 4, selector: ({ day }) => day },
);

const rulesFor = (history: OrderFileHistory, store: StoreSettings, nights: readonly Night[]): ReplayRules => {
  const [from, asOf] = [history.orders[0]?.placedAt ?? 0, endOf(history)];
  const later = nights
    .map(({ day, ...night }) => ({ ...night, at: from + days(day) + hours(11) }))
    .filter(({ at }) => at + minutes(1) <= asOf)
    .sort((a, b) => a.at - b.at);
  const fits: ReplayRules['fits'] = [
    { at: from, fit: priorFit(store.rhythm), rebase: false },
    ...later.map(({ at, rhythm, rebase }, n) => ({ at, rebase, fit: { ...priorFit(rhythm), version: n + 1 } })),
  ];
  return { store, lifecycle: ecommerce, campaigns: activeCampaignsOf(store), fits, asOf };
};

type Act = Readonly<{ at: EpochMs; act: () => Promise<void> }>;

/** The nights of a store: a fit is saved and taken over; where it moved far, everybody is looked at again a minute later. */
const nightActs = (world: World, { fits }: ReplayRules, seen: () => readonly Order[]): readonly Act[] =>
  fits.slice(1).flatMap(({ at, fit, rebase }, n) => {
    const takeOver = async (): Promise<void> => {
      const { definitions } = world.deps;
      await definitions.saveFit(world.store.id, { fit, madeAt: at, customers: 0, flags: [] });
      await definitions.adopt(world.store.id, { version: n + 1, lifecycle: 1, fit: fit.version, at });
    };
    const lookAgain = async (): Promise<void> => {
      for (const order of seen()) await world.ringAgain(order);
    };
    // What is due at the instant of taking over is decided under what was taken over.
    const taken = { at: at - 1, act: takeOver };
    return rebase ? [taken, { at: at + minutes(1), act: lookAgain }] : [taken];
  });

/** Plays the history through the whole system, webhook by webhook. */
const played = async (history: OrderFileHistory, consent: Consent, nights: readonly Night[]) => {
  const world = await makeWorld();
  const rules = rulesFor(history, world.store, nights);
  const latest = new Map<string, Order>();
  const orders = webhooksOf(history, consent).map((order) => ({
    at: order.updatedAt,
    act: async (): Promise<void> => {
      latest.set(order.orderId, order);
      await world.order(order);
    },
  }));
  const acts = [...nightActs(world, rules, () => [...latest.values()]), ...orders].sort((a, b) => a.at - b.at);
  for (const { at, act } of acts) {
    await world.advanceTo(at);
    await act();
  }
  await world.advanceTo(rules.asOf);
  return { world, rules };
};

/** What a customer's file says, without what names versions of payloads and messages of a provider. */
const toldBy = (file: CustomerFile | undefined) => {
  if (file === undefined) return undefined;
  const { customer, contact, orderRows, enrolments, sends, visits, consents } = file;
  const sorted = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
    [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    ...{ customer: { ...customer, identities: undefined }, contact, consents },
    rows: sorted(orderRows, ({ key }) => key).map((row) => ({ ...row, version: undefined })),
    visits: [...visits].sort((a, b) => a.visit - b.visit),
    enrolments: sorted(enrolments, ({ campaign, occurrence }) => `${campaign} ${occurrence}`),
    sends: sorted(sends, ({ sendId }) => sendId).map(({ state, ...send }) => ({
      ...send,
      state: { ...state, messageId: undefined },
    })),
  };
};

const compare = async (history: OrderFileHistory, consent: Consent, nights: readonly Night[] = []) => {
  const { world, rules } = await played(history, consent, nights);
  for (const person of peopleOf(history, world.store.id)) {
    const file = replayPerson(rules, person.customerId, arrivalsOf(person, { store: world.store, consent }));
    expect(toldBy(file)).toEqual(toldBy(await world.customerOf(`standard:${person.id}`)));
  }
  return world;
};

describe('a replayed customer', () => {
  it('has the very file the whole system would have written: stages, visits, enrolments, mails, reasons and times', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => void (await compare(history, 'assumed'))),
      { numRuns: 40 },
    );
  }, 60_000);

  it('takes a new fit over when the system would: at the next order or wake, or at once where it moved far', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, anyNights, async (history, nights) => {
        await compare(history, 'assumed', nights);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is mailed nothing where nobody consented, for the same reason the system gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        expect((await compare(history, 'none')).mails).toEqual([]);
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  it('does not know what happens after the end', () => {
    fc.assert(
      fc.property(anyHistory, anyNights, fc.double({ min: 0, max: 1, noNaN: true }), (history, nights, share) => {
        const rules = rulesFor(history, shop, nights);
        const from = history.orders[0]?.placedAt ?? 0;
        const asOf = Math.round(from + share * (rules.asOf - from));
        for (const person of peopleOf(history, shop.id)) {
          const arrivals = arrivalsOf(person, { store: shop, consent: 'assumed' });
          const known = arrivals.filter(({ at }) => at <= asOf);
          const whole = replayPerson({ ...rules, asOf }, person.customerId, arrivals);
          expect(whole).toEqual(replayPerson({ ...rules, asOf }, person.customerId, known));
          for (const { decidedAt } of whole.visits) expect(decidedAt).toBeLessThanOrEqual(asOf);
        }
      }),
      { numRuns: 40 },
    );
  });
});
