import { beta, gamma, normal, type Random, randomFor } from '../../infra/local/shop/random.ts';
import type { CustomerSeries } from '../../shared/domain/fit/customer-series.ts';
import { days, type EpochMs } from '../../shared/domain/time.ts';

/** How a shop's customers buy. Each draws once who they are, then one gap after another until they stop. */
export type Buying = Readonly<
  /** Fader, Hardie and Lee 2005: rate Gamma(r, alpha), dropout after each purchase Beta(a, b). */
  | { type: 'bg-nbd'; r: number; alphaDays: number; a: number; b: number }
  /** Schmittlein, Morrison and Colombo 1987: rate Gamma(r, alpha), lifetime exponential with rate Gamma(s, beta). */
  | { type: 'pareto-nbd'; r: number; alphaDays: number; s: number; betaDays: number }
  /** Gaps log-normal about a customer's own median, itself log-normal; `returnShare` come back each time, `firstReturnShare` the first. */
  | {
      type: 'log-normal';
      medianDays: number;
      between: number;
      within: number;
      returnShare: number;
      firstReturnShare: number;
    }
  /** Regulars: gaps Gamma with a high shape about the customer's own mean. */
  | { type: 'regular'; meanDays: number; between: number; shape: number; returnShare: number; firstReturnShare: number }
  /** Once a year about the same day, some years not. */
  | { type: 'yearly'; dayOfYear: number; spreadDays: number; returnShare: number }
>;

/** When first orders come: evenly, mostly lately, mostly long ago, or half of them on the first three days. */
export type Arrivals = 'steady' | 'growing' | 'shrinking' | 'burst';

export type SimulatedStore = Readonly<{
  seed: number | string;
  customers: number;
  /** First orders come in this many days; everything is told until `untilDays` (default: the same). */
  days: number;
  untilDays?: number;
  buying: Buying;
  arrivals?: Arrivals;
  startAt?: EpochMs;
}>;

/** 2023-01-01T00:00:00Z: the day a simulated store opens. */
export const simulationStartAt: EpochMs = 1_672_531_200_000;

type Life = Readonly<{ next: (random: Random, day: number) => number | undefined }>;

const lives: {
  [K in Buying['type']]: (buying: Extract<Buying, { type: K }>, random: Random, firstDay: number) => Life;
} = {
  'bg-nbd': ({ r, alphaDays, a, b }, random) => {
    const rate = gamma(random, r, r / alphaDays);
    const dropout = beta(random, a, b);
    return { next: (draw, day) => (draw() < dropout ? undefined : day - Math.log(1 - draw()) / rate) };
  },
  'pareto-nbd': ({ r, alphaDays, s, betaDays }, random, firstDay) => {
    const rate = gamma(random, r, r / alphaDays);
    const endDay = firstDay - Math.log(1 - random()) / gamma(random, s, s / betaDays);
    return {
      next: (draw, day) => {
        const then = day - Math.log(1 - draw()) / rate;
        return then > endDay ? undefined : then;
      },
    };
  },
  'log-normal': ({ medianDays, between, within, returnShare, firstReturnShare }, random) => {
    const own = medianDays * Math.exp(between * normal(random));
    return returning(firstReturnShare, returnShare, (draw) => own * Math.exp(within * normal(draw)));
  },
  regular: ({ meanDays, between, shape, returnShare, firstReturnShare }, random) => {
    const own = meanDays * Math.exp(between * normal(random));
    return returning(firstReturnShare, returnShare, (draw) => gamma(draw, shape, own));
  },
  yearly: ({ dayOfYear, spreadDays, returnShare }) => ({
    next: (draw, day) => {
      let year = Math.floor((day - dayOfYear + 180) / 365) + 1;
      while (draw() >= returnShare) {
        if (draw() < 0.5) return undefined;
        year += 1;
      }
      return year * 365 + dayOfYear + spreadDays * normal(draw);
    },
  }),
};

const returning = (first: number, later: number, gap: (random: Random) => number): Life => {
  let share = first;
  return {
    next: (draw, day) => {
      const back = draw() < share;
      share = later;
      return back ? day + gap(draw) : undefined;
    },
  };
};

const lifeOf = <K extends Buying['type']>(buying: Extract<Buying, { type: K }>, random: Random, day: number): Life =>
  lives[buying.type as K](buying, random, day);

const firstDay = ({ arrivals = 'steady', buying, days: span }: SimulatedStore, random: Random): number => {
  const u = random();
  if (buying.type === 'yearly') return yearlyFirstDay(buying, span, u, random);
  if (arrivals === 'growing') return span * (1 + Math.log(Math.exp(-5) + u * (1 - Math.exp(-5))) / 5);
  if (arrivals === 'shrinking') return (-span / 5) * Math.log(1 - u * (1 - Math.exp(-5)));
  return arrivals === 'burst' && random() < 0.5 ? u * 3 : u * span;
};

const yearlyFirstDay = (
  { dayOfYear, spreadDays }: Extract<Buying, { type: 'yearly' }>,
  span: number,
  u: number,
  random: Random,
): number => {
  const year = Math.floor(u * Math.max(1, span / 365));
  return Math.max(0, year * 365 + dayOfYear + spreadDays * normal(random));
};

const seriesFor = (store: SimulatedStore, index: number): CustomerSeries => {
  const random = randomFor(store.seed, index);
  const until = store.untilDays ?? store.days;
  const first = firstDay(store, random);
  const life = lifeOf(store.buying, random, first);
  const spend = 2_000 + 6_000 * random() ** 2;
  const occasions: { at: EpochMs; netMinor: number }[] = [];
  for (let day: number | undefined = first; day !== undefined && day <= until; ) {
    const at = (store.startAt ?? simulationStartAt) + Math.floor(days(day));
    occasions.push({ at, netMinor: Math.round(spend * Math.exp(0.4 * normal(random))) });
    const next: number | undefined = life.next(random, day);
    // Orders within a day are one occasion, so the next one is never nearer.
    day = next === undefined ? undefined : Math.max(next, day + 1);
  }
  return occasions;
};

/** The customers of a shop that exists only here; the same seed gives the same shop. Everybody has an occasion. */
export const simulateStore = (store: SimulatedStore): readonly CustomerSeries[] =>
  Array.from({ length: store.customers }, (_, index) => seriesFor(store, index)).filter(({ length }) => length > 0);

/** What was known on an instant: the occasions up to it, without those who had none yet. */
export const knownAt = (series: readonly CustomerSeries[], asOf: EpochMs): readonly CustomerSeries[] =>
  series
    .map((occasions) =>
      occasions.every(({ at }) => at <= asOf) ? occasions : occasions.filter(({ at }) => at <= asOf),
    )
    .filter(({ length }) => length > 0);

/** The instant `n` days after the store opened. */
export const simulatedDay = (n: number): EpochMs => simulationStartAt + days(n);

/** Shops unlike one another, by name; add `seed`, `customers`, `days`. */
export const shopKinds: Readonly<Record<string, Pick<SimulatedStore, 'buying' | 'arrivals'>>> = {
  ordinary: { buying: { type: 'bg-nbd', r: 0.55, alphaDays: 40, a: 0.8, b: 2.4 } },
  records: { buying: { type: 'bg-nbd', r: 0.243, alphaDays: 30.9, a: 0.793, b: 2.426 } },
  pareto: { buying: { type: 'pareto-nbd', r: 0.55, alphaDays: 74, s: 0.61, betaDays: 82 } },
  grocer: {
    buying: { type: 'log-normal', medianDays: 8, between: 0.5, within: 0.6, returnShare: 0.95, firstReturnShare: 0.6 },
  },
  fashion: {
    buying: { type: 'log-normal', medianDays: 60, between: 0.6, within: 0.9, returnShare: 0.7, firstReturnShare: 0.4 },
  },
  furniture: {
    buying: { type: 'log-normal', medianDays: 200, between: 0.4, within: 0.8, returnShare: 0.5, firstReturnShare: 0.3 },
  },
  subscription: {
    buying: { type: 'regular', meanDays: 30, between: 0.08, shape: 60, returnShare: 0.93, firstReturnShare: 0.7 },
  },
  coffee: {
    buying: { type: 'regular', meanDays: 35, between: 0.5, shape: 4, returnShare: 0.88, firstReturnShare: 0.5 },
  },
  gifts: { buying: { type: 'yearly', dayOfYear: 345, spreadDays: 12, returnShare: 0.45 } },
  'one-time': {
    buying: { type: 'log-normal', medianDays: 60, between: 0.6, within: 0.9, returnShare: 0.5, firstReturnShare: 0.1 },
  },
  growing: { arrivals: 'growing', buying: { type: 'bg-nbd', r: 0.55, alphaDays: 40, a: 0.8, b: 2.4 } },
  shrinking: { arrivals: 'shrinking', buying: { type: 'bg-nbd', r: 0.55, alphaDays: 40, a: 0.8, b: 2.4 } },
  burst: { arrivals: 'burst', buying: { type: 'bg-nbd', r: 0.55, alphaDays: 40, a: 0.8, b: 2.4 } },
};
