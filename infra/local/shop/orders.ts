import { type EpochMs, hours } from '../../../shared/domain/time.ts';
import { fillBasket, type Line } from './catalogue.ts';
import type { Person } from './people.ts';
import { normal, pick, randomFor } from './random.ts';

/** An order as the shop's till knows it; money in pence, VAT included. */
export type ShopOrder = Readonly<{
  /** What people call it: 1001 and up. */
  number: number;
  /** Of this person: 1 = the first. */
  occasion: number;
  person: Person;
  source: 'shopify' | 'standard';
  placedAt: EpochMs;
  asGuest: boolean;
  lines: readonly Line[];
  discount?: Readonly<{ code: string; amountMinor: number }>;
  shippingMinor: number;
  taxMinor: number;
  /** Lines less discount, with VAT, without shipping. */
  subtotalMinor: number;
  totalMinor: number;
  /** Effective opt-in at the time of the order. */
  consentAt?: EpochMs;
}>;

/** Where the order stands; a webhook shows one of these. */
export type OrderState = Readonly<{
  status: 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'cancelled';
  updatedAt: EpochMs;
  refundedMinor: number;
  deliveredAt?: EpochMs;
}>;

const freeShippingFromMinor = 5_000;
const codeShare = 0.1;

const sourceOf = (person: Person, occasion: number): 'shopify' | 'standard' => {
  if (person.source === 'both') return occasion % 3 === 2 ? 'standard' : 'shopify';
  return person.source;
};

const isGuest = (person: Person, occasion: number): boolean =>
  person.account === 'guest' || (person.account === 'after-first-order' && occasion === 1);

/** What the person puts into the basket; with a reward code a tenth off. */
export const placeOrder = (
  seed: number,
  person: Person,
  facts: Readonly<{ number: number; occasion: number; placedAt: EpochMs; code?: string; consentAt?: EpochMs }>,
): ShopOrder => {
  const random = randomFor(seed, 'basket', person.number, facts.occasion);
  const lines = fillBasket(random, person.basketMinor * Math.exp(0.45 * normal(random) - 0.1));
  const fullMinor = lines.reduce((sum, line) => sum + line.priceMinor * line.quantity, 0);
  const offMinor = facts.code === undefined ? 0 : Math.round(fullMinor * codeShare);
  const subtotalMinor = fullMinor - offMinor;
  const shippingMinor = subtotalMinor >= freeShippingFromMinor ? 0 : 395;
  return {
    number: facts.number,
    occasion: facts.occasion,
    person,
    source: sourceOf(person, facts.occasion),
    placedAt: facts.placedAt,
    asGuest: isGuest(person, facts.occasion),
    lines,
    ...(facts.code === undefined ? {} : { discount: { code: facts.code, amountMinor: offMinor } }),
    shippingMinor,
    taxMinor: Math.round((subtotalMinor + shippingMinor) / 6),
    subtotalMinor,
    totalMinor: subtotalMinor + shippingMinor,
    ...(facts.consentAt === undefined ? {} : { consentAt: facts.consentAt }),
  };
};

/** What becomes of the order: the states it passes through after the first, in order. */
export const fateOf = (seed: number, order: ShopOrder): readonly OrderState[] => {
  const random = randomFor(seed, 'fate', order.person.number, order.occasion);
  const after = (least: number, spread: number): EpochMs => order.placedAt + hours(least + spread * random());
  const deliveredAt = after(40, 60);
  const delivered: OrderState = { status: 'paid', updatedAt: deliveredAt, refundedMinor: 0, deliveredAt };
  const firstLine = order.lines[0];
  const partMinor = firstLine === undefined ? 0 : Math.min(firstLine.priceMinor, order.subtotalMinor);
  const fate = pick(random, [
    ['fine', 83],
    ['told-delivered', 8],
    ['cancelled', 3],
    ['refunded', 2],
    ['part-refunded', 4],
  ] as const);
  if (fate === 'cancelled')
    return [{ status: 'cancelled', updatedAt: after(0.3, 20), refundedMinor: order.totalMinor }];
  if (fate === 'refunded')
    return [{ status: 'refunded', updatedAt: after(120, 300), refundedMinor: order.totalMinor, deliveredAt }];
  if (fate === 'part-refunded')
    return [{ status: 'partially_refunded', updatedAt: after(120, 300), refundedMinor: partMinor, deliveredAt }];
  return fate === 'told-delivered' ? [delivered] : [];
};
