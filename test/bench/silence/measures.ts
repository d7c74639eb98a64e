import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { bandOf } from '../../../shared/domain/fit/silence/gap-table.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import type { Answer } from './candidates.ts';
import type { Returns, StageReturns } from './stage-returns.ts';

export const shares = [0.75, 0.9, 0.98] as const;
export const bands = [0, 1, 2] as const;

/** Thresholds that are more than 40 % off the last answer, of all bands and of 75 % and 98 %. */
export const drifted = (early: Answer, late: Answer): number =>
  bands.flatMap((band) =>
    [0.75, 0.98].filter((share) => !(Math.abs(early.days(band, share) / late.days(band, share) - 1) <= 0.4)),
  ).length;

/** The gaps a band's customers began until `asOf` and ended within the horizon, days, seen with hindsight. */
export const returnedGaps = (
  series: readonly CustomerSeries[],
  band: number,
  asOf: EpochMs,
  horizonDays: number,
): readonly number[] =>
  series.flatMap((occasions) =>
    occasions.flatMap(({ at }, index) => {
      const gap = ((occasions[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at) / days(1);
      return bandOf(index + 1) === band && at <= asOf && gap <= horizonDays ? [gap] : [];
    }),
  );

/** How far the share really back by a threshold is from what the caption says, in points; `undefined` under 50 returns. */
export const captionErrors = (answer: Answer, gaps: readonly number[], band: number): readonly number[] | undefined =>
  gaps.length < 50
    ? undefined
    : shares.map((share) => {
        const threshold = answer.days(band, share);
        return 100 * (gaps.filter((gap) => gap <= threshold).length / gaps.length - share);
      });

const orderOfMore = ['loyal', 'active', 'at_risk', 'lapsed', 'lost'] as const;
const rate = ({ customers, returned }: Returns): number => returned / customers;

/** By how many standard errors the lower stage returns more often than the higher one; at most 0 where the order holds. */
const upsideDown = (higher: Returns | undefined, lower: Returns | undefined): number => {
  if (higher === undefined || lower === undefined) return 0;
  const pooled = (higher.returned + lower.returned) / (higher.customers + lower.customers);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / higher.customers + 1 / lower.customers));
  return error === 0 ? 0 : (rate(lower) - rate(higher)) / error;
};

/** Neighbours in the wrong order by more than so many standard errors, in words. */
export const wrongOrders = ({ once, more }: StageReturns, errors = 2): readonly string[] => {
  const pairs = orderOfMore.slice(1).map((lower, n) => ({ higher: orderOfMore[n] ?? lower, lower, of: more }));
  return [...pairs, { higher: 'new', lower: 'one_time', of: once }].flatMap(({ higher, lower, of }) =>
    upsideDown(of.get(higher), of.get(lower)) > errors ? [`${lower} > ${higher}`] : [],
  );
};

const total = (of: Map<string, Returns>, stage?: string): number =>
  [...of].reduce((sum, [id, { returned }]) => sum + (stage === undefined || id === stage ? returned : 0), 0);

/** Of those who returned, the share who came from `lost`. */
export const fromLost = ({ once, more }: StageReturns): number =>
  (total(once, 'lost') + total(more, 'lost')) / (total(once) + total(more));

/** Stages of people who ordered that hold nobody. */
export const emptyStages = ({ once, more }: StageReturns): readonly string[] =>
  ['new', 'one_time', 'active', 'won_back', 'loyal', 'at_risk', 'lapsed', 'lost'].filter(
    (stage) => !once.has(stage) && !more.has(stage),
  );

/** `loyal 62% of 310`, for those with more occasions in order, then for those with one. */
export const inWords = ({ once, more }: StageReturns): string => {
  const tell = (of: Map<string, Returns>, stage: string): string => {
    const present = of.get(stage);
    return present === undefined ? `${stage} -` : `${stage} ${(100 * rate(present)).toFixed(0)}%/${present.customers}`;
  };
  return [
    ...['loyal', 'won_back', 'active', 'at_risk', 'lapsed', 'lost'].map((stage) => tell(more, stage)),
    '|',
    ...['new', 'one_time', 'lost'].map((stage) => tell(once, stage)),
  ].join(' ');
};
