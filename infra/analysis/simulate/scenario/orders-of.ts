import type { ConsentClaim, CustomerSnapshot } from '../../../../shared/domain/customers/profile.ts';
import type { Intake } from '../../../../shared/domain/intake/intake.ts';
import type { Order, OrderStatus, Refund } from '../../../../shared/domain/orders/order.ts';
import { type DurationMs, days, type EpochMs, hours, minutes } from '../../../../shared/domain/time.ts';
import { exponential, oneOf, pick, type Random } from '../../../local/shop/random.ts';
import type { Person } from './people.ts';
import type { Item } from './scenario.ts';

export type Span = Readonly<{ from: EpochMs; to: EpochMs }>;

/** What becomes of an order, version by version. */
const lives: readonly (readonly [readonly OrderStatus[], number])[] = [
  [['paid'], 8],
  [['pending', 'paid'], 3],
  [['paid', 'cancelled'], 2],
  [['paid', 'partially_refunded'], 2],
  [['paid', 'partially_refunded', 'refunded'], 1],
  [['pending', 'expired'], 1],
];

export const ordersOf = (random: Random, person: Person, span: Span): readonly Item[] => {
  const items: Item[] = [];
  let placedAt = span.from + exponential(random, days(6));
  for (let n = 1; n <= 6 && placedAt < span.to; n++) {
    items.push(...lifeOf(random, person, placedAt, n));
    placedAt += random() < 0.15 ? hours(random() * 20) : exponential(random, days(random() < 0.5 ? 6 : 25));
  }
  return items;
};

/** The n-th order of a person, with what becomes of it. */
export const lifeOf = (random: Random, person: Person, at: EpochMs, n: number): readonly Item[] => {
  const placedAt = Math.floor(random() < 0.12 ? at - days(200) * random() : at);
  const customer = random() < 0.04 ? undefined : snapshotOf(random, person, placedAt);
  const totalMinor = 1_000 + Math.floor(random() * 90) * 100;
  const statuses = pick(random, lives);
  const orderId = `${person.accounts[0] ?? 'x'}-o${n}`;
  const versions = statuses.map(
    (status, version): Order => ({
      ...{ store: 'demo', source: 'standard', orderId, status, kind: 'one_time', channel: 'online', currency: 'GBP' },
      ...{ totalMinor, refundedMinor: refundedBy(status, totalMinor), test: false, placedAt },
      updatedAt: placedAt + version * hours(7),
      ...(random() < 0.3 && version > 0 ? { deliveredAt: placedAt + days(2) } : {}),
      ...{ discounts: [], lines: [], linesDropped: 0 },
      ...(customer === undefined ? {} : { customer }),
    }),
  );
  const told = versions.flatMap((order) => deliveries(random, Math.max(at, order.updatedAt), { type: 'order', order }));
  return [...told, ...refundOf(random, versions[0], at)];
};

const refundedBy = (status: OrderStatus, totalMinor: number): number => {
  if (status === 'refunded') return totalMinor;
  return status === 'partially_refunded' ? Math.floor(totalMinor / 4) : 0;
};

/** A refund of its own may come days late, or before its order. */
const refundOf = (random: Random, order: Order | undefined, at: EpochMs): readonly Item[] => {
  if (order === undefined || random() > 0.12) return [];
  const { store, source, orderId, totalMinor } = order;
  const refund: Refund = { ...{ store, source, orderId }, refundId: 'r1', amountMinor: Math.floor(totalMinor / 3), at };
  return deliveries(random, at + days(random() * 3 - 0.5), { type: 'refund', refund });
};

/** Most webhooks come at once; some days late, some twice. */
export const deliveries = (random: Random, at: EpochMs, intake: Intake): readonly Item[] => {
  const delay = (): DurationMs => (random() < 0.15 ? random() * days(3) : random() * minutes(2));
  const times = random() < 0.15 ? 2 : 1;
  return Array.from({ length: times }, () => ({ type: 'webhook', at: at + delay(), name: nameOf(intake), intake }));
};

const nameOf = (intake: Intake): string => {
  if (intake.type === 'order') return `order ${intake.order.orderId} ${intake.order.status}`;
  if (intake.type === 'refund') return `refund of ${intake.refund.orderId}`;
  return intake.type === 'event' ? `${intake.event.body.type} ${intake.event.eventId}` : intake.type;
};

/** The person as one payload shows them: not every payload names both account and address. */
export const snapshotOf = (random: Random, { accounts, email, snapshot }: Person, at: EpochMs): CustomerSnapshot => {
  const names = random();
  const externalId = names < 0.8 || email === undefined ? oneOf(random, accounts) : undefined;
  const claim: ConsentClaim = { state: 'granted', at, basis: 'express', source: 'checkout' };
  return {
    ...snapshot,
    ...(externalId === undefined ? {} : { externalId }),
    ...(email === undefined || names < 0.12 ? {} : { email }),
    ...(random() < 0.6 ? { consent: claim } : {}),
  };
};
