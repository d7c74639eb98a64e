import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { Examples } from '../numeric/ridge-logistic.ts';
import { pastOf, type ReturnView, returnFeaturesOf } from './return-features.ts';
import { type ReturnFeatures, returnFeatures } from './return-model.ts';

const cutOffs = 8;
/** Cut-offs lie at least a quarter of the horizon apart, and reach back over this share of what is left of the history. */
const [leastStep, reach] = [0.25, 0.7];
/** A cut-off needs so much of the history before it. */
const leastBefore = 0.15;
const mostExamples = 60_000;
/** One stray order of long ago is no history: it begins when so many customers had come. */
const begun = 0.01;

/** When the store's history begins; `undefined` of nobody. */
export const historyStart = (series: readonly CustomerSeries[]): EpochMs | undefined => {
  const firsts = Float64Array.from(series.flatMap(([first]) => (first === undefined ? [] : [first.at]))).sort();
  return firsts[Math.floor(begun * firsts.length)];
};

/** Instants at which the past asks "who comes back within the horizon?" and already knows the answer, latest first. */
export const pastCutOffs = (startAt: EpochMs, asOf: EpochMs, horizonDays: number): readonly EpochMs[] => {
  const [history, horizon] = [asOf - startAt, days(horizonDays)];
  const step = Math.max(leastStep * horizon, (reach * (history - horizon)) / cutOffs);
  return Array.from({ length: cutOffs }, (_, k) => asOf - horizon - k * step).filter(
    (at) => at - startAt >= leastBefore * history,
  );
};

/** Whether a customer with so many occasions by `at` ordered in (at, at + horizon]. */
const cameBack = (series: CustomerSeries, orders: number, until: EpochMs): boolean =>
  (series[orders]?.at ?? Number.POSITIVE_INFINITY) <= until;

/**
 * What was known of each customer at the cut-offs, and whether they ordered in the labelled days after.
 *
 * Large stores are thinned evenly to about 60,000 examples: the weights of five features need no more.
 */
export const examplesAt = (
  series: readonly CustomerSeries[],
  cuts: readonly EpochMs[],
  labelDays: number,
  view: ReturnView,
): Examples => {
  const stride = Math.max(1, Math.ceil((series.length * cuts.length) / mostExamples));
  const most = Math.ceil(series.length / stride) * cuts.length;
  const features = new Float64Array(most * width);
  const labels = new Uint8Array(most);
  let rows = 0;
  for (const at of cuts)
    for (let n = 0; n < series.length; n += stride) {
      const customer = series[n] ?? [];
      const past = pastOf(customer, at);
      if (past === undefined) continue;
      put(features, rows * width, returnFeaturesOf(past, at, view));
      labels[rows] = Number(cameBack(customer, past.orders, at + days(labelDays)));
      rows += 1;
    }
  return { width, features: features.subarray(0, rows * width), labels: labels.subarray(0, rows) };
};

const width = returnFeatures.length;

/** In the order of `returnFeatures`. */
const put = (features: Float64Array, from: number, seen: ReturnFeatures): void => {
  features[from] = seen.logFrequency;
  features[from + 1] = seen.logFreshness;
  features[from + 2] = seen.logYouth;
  features[from + 3] = seen.logRhythm;
  features[from + 4] = seen.logitExpected;
};
