import type { EpochMs } from '../../../shared/domain/time.ts';
import { afterBusyDays, atShoppingHour, busyness } from './calendar.ts';
import { london, type Place, places } from './places.ts';
import { beta, gamma, oneOf, pick, type Random, randomFor } from './random.ts';

/** A simulated customer. Nothing here is known to the system but through webhooks. */
export type Person = Readonly<{
  /** 0-based; Shopify's customer id is made of it. */
  number: number;
  firstName: string;
  lastName: string;
  email: string;
  place: Place;
  /** First order, or for those who only sign up, the sign-up. */
  arrivesAt: EpochMs;
  buys: boolean;
  /** Own purchase rhythm while interested (gamma over people). */
  ordersPerYear: number;
  /** Chance of losing interest after each order (beta over people). */
  leaves: number;
  /** What they usually spend. */
  basketMinor: number;
  consent: 'at-checkout' | 'later' | 'never' | 'at-sign-up';
  account: 'from-start' | 'after-first-order' | 'guest';
  /** The web shop runs on Shopify; the market stall and the wholesale desk report through `standard`. */
  source: 'shopify' | 'standard' | 'both';
  /** Multiplies the chance that a mail works on them. */
  openness: number;
  /** The mailbox does not exist. */
  bounces: boolean;
}>;

/** Where in the story somebody arrives: the shop grows steadily from next to nothing, and seasons show. */
const arrivalOf = (random: Random, from: EpochMs, to: EpochMs): EpochMs => {
  for (;;) {
    const share = Math.sqrt(random());
    const at = from + share * (to - from);
    if (random() * 3 < (busyness(at) * (0.8 + 0.4 * share)) / 1.2) return at;
  }
};

const domains = [
  ['example.com', 60],
  ['example.org', 20],
  ['example.net', 18],
  ['bücher.example', 2],
] as const;

const accounts = [
  ['from-start', 55],
  ['after-first-order', 20],
  ['guest', 25],
] as const;

const sources = [
  ['shopify', 88],
  ['standard', 7],
  ['both', 5],
] as const;

const makePerson = (seed: number, number: number, from: EpochMs, to: EpochMs): Person => {
  const random = randomFor(seed, 'person', number);
  const place = pick(random, places);
  const [firstName, firstAscii] = oneOf(random, place.firstNames);
  const [lastName, lastAscii] = oneOf(random, place.lastNames);
  const buys = random() < 0.9;
  const consent = pick(random, [
    ['at-checkout', 70],
    ['later', 8],
    ['never', 22],
  ] as const);
  return {
    number,
    firstName,
    lastName,
    email: `${firstAscii}.${lastAscii}${number}@${pick(random, domains)}`,
    place,
    arrivesAt: Math.min(to, atShoppingHour(random, arrivalOf(random, from, to), place.zone, from)),
    buys,
    ordersPerYear: Math.min(26, Math.max(0.4, gamma(random, 0.9, 4.6))),
    leaves: random() < 0.6 ? 1 : beta(random, 0.9, 3.4),
    basketMinor: Math.max(900, gamma(random, 2.2, 4_600)),
    consent: buys ? consent : 'at-sign-up',
    account: buys ? pick(random, accounts) : 'from-start',
    source: buys ? pick(random, sources) : 'shopify',
    openness: gamma(random, 1.5, 1),
    bounces: random() < 0.006,
  };
};

/** The first customer: everybody's example, and the one the screen invites to look at. */
const ada = (from: EpochMs): Person => ({
  number: 0,
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  place: london,
  arrivesAt: from,
  buys: true,
  ordersPerYear: 9,
  leaves: 0,
  basketMinor: 4_800,
  consent: 'at-checkout',
  account: 'from-start',
  source: 'shopify',
  openness: 1,
  bounces: false,
});

/** Everybody who will ever come to the shop between `from` and `to`; the first of them is Ada, at `from`. */
export const makePeople = (seed: number, count: number, from: EpochMs, to: EpochMs): readonly Person[] => [
  ada(from),
  ...Array.from({ length: Math.max(0, count - 1) }, (_, index) => makePerson(seed, index + 1, from, to)),
];

/** When somebody orders next, `undefined` when they lost interest. `orders` counts those they have placed. */
export const nextOrderAt = (seed: number, person: Person, orders: number, lastAt: EpochMs): EpochMs | undefined => {
  const random = randomFor(seed, 'next-order', person.number, orders);
  if (random() < person.leaves) return undefined;
  const gapDays = gamma(random, 1.4, 365 / person.ordersPerYear);
  return atShoppingHour(random, afterBusyDays(lastAt, gapDays), person.place.zone, lastAt + 3_600_000);
};
