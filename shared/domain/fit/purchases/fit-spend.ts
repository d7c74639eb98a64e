import { maximise, type Objective } from '../numeric/maximise.ts';
import { type SpendTable, spendSlope, spendTableOf } from './spend-likelihood.ts';
import type { SpendModel, SpendSummary } from './spend-model.ts';

/**
 * A fitted Gamma-Gamma model and how far to trust it.
 *
 * No model where nobody has a repeat purchase that brought money: there is no price level to start from.
 *
 * Flags: `no-repeats`; `few-repeats` (fewer than 20 customers); `spread-not-identified` (customers too alike to tell how they differ);
 * `frequency-value-correlated` (correlation of repeats and mean spend of .3 or more, up or down: the model takes them as independent).
 * Any of the middle two puts the weak prior in.
 */
export type SpendFit = Readonly<{
  model?: SpendModel;
  logLikelihood: number;
  method: 'maximum-likelihood' | 'weak-prior' | 'none';
  flags: readonly string[];
}>;

/** Log-normal about p = 6, q = 4 and the mean of the data, one standard deviation a factor of e; weighs about one customer. */
const centre = [Math.log(6), Math.log(3), Math.log(0.5)] as const;
const wall = 14;
const runaway = Math.log(1_000);
const fewest = 20;
const tooCorrelated = 0.3;

/** Coordinates are ln p, ln (q - 1), ln v: a mean spend exists only for q above 1. */
const modelAt = ([p = 0, q = 0, v = 0]: readonly number[]): SpendModel => ({
  p: Math.exp(p),
  q: 1 + Math.exp(q),
  v: Math.exp(v),
});

const objectiveOf =
  (table: SpendTable, weight: 0 | 1): Objective =>
  (point) => {
    if (point.some((x) => Math.abs(x) > wall)) return { value: Number.NEGATIVE_INFINITY, gradient: point };
    const model = modelAt(point);
    const { value, by } = spendSlope(model, table);
    const pull = centre.map((middle, i) => weight * ((point[i] ?? 0) - middle));
    const slopes = [by.p * model.p, by.q * (model.q - 1), by.v * model.v];
    const size = table.repeats.length;
    return {
      value: (value - 0.5 * pull.reduce((sum, z) => sum + z * z, 0)) / size,
      gradient: slopes.map((slope, i) => (slope - (pull[i] ?? 0)) / size),
    };
  };

const runsAway = (point: readonly number[]): boolean => point.some((x) => Math.abs(x) > runaway);

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Pearson's correlation; 0 where one of the two does not vary. */
const correlationOf = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const [da, db] = [x - meanA, (b[i] ?? 0) - meanB];
    [ab, aa, bb] = [ab + da * db, aa + da * da, bb + db * db];
  });
  return aa * bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
};

const correlated = (summaries: readonly SpendSummary[]): boolean =>
  Math.abs(
    correlationOf(
      summaries.map(({ repeats }) => repeats),
      summaries.map(({ meanSpend }) => meanSpend),
    ),
  ) >= tooCorrelated;

/** The same customers with a mean spend of 1 over all, so that one prior fits every currency. */
const rescaled = (summaries: readonly SpendSummary[], mean: number): readonly SpendSummary[] =>
  summaries
    .map(({ repeats, meanSpend }) => ({ repeats, meanSpend: meanSpend / mean }))
    .sort((a, b) => a.repeats - b.repeats || a.meanSpend - b.meanSpend);

/**
 * Fits Gamma-Gamma to the repeat purchases of a store's customers. Means that are not above zero are left out.
 *
 * @see docs/adr/0071-purchase-models.md
 */
export const fitSpend = (summaries: readonly SpendSummary[]): SpendFit => {
  const paid = summaries.filter(({ repeats, meanSpend }) => repeats > 0 && meanSpend > 0);
  if (paid.length === 0) return { logLikelihood: 0, method: 'none', flags: ['no-repeats'] };
  const mean = meanOf(paid.map(({ meanSpend }) => meanSpend));
  const unit = spendTableOf(rescaled(paid, mean));
  const free = maximise(objectiveOf(unit, 0), centre, runsAway);
  const open = [
    ...(paid.length < fewest ? ['few-repeats'] : []),
    ...(runsAway(free.point) ? ['spread-not-identified'] : []),
  ];
  const best = open.length === 0 ? free : maximise(objectiveOf(unit, 1), centre);
  const scaled = modelAt(best.point);
  return {
    model: { ...scaled, v: scaled.v * mean },
    logLikelihood: spendSlope(scaled, unit).value - paid.length * Math.log(mean),
    method: open.length === 0 ? 'maximum-likelihood' : 'weak-prior',
    flags: [...open, ...(correlated(paid) ? ['frequency-value-correlated'] : [])],
  };
};
