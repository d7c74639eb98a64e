import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import { type Examples, logistic, ridgeLogistic } from '../numeric/ridge-logistic.ts';
import { examplesAt, historyStart, pastCutOffs } from './past-cut-offs.ts';
import type { ReturnView } from './return-features.ts';
import { type ReturnFeatures, type ReturnModel, returnFeatures } from './return-model.ts';

/** A store's customers as they were known at `asOf`, and the fit's eyes. */
export type ReturnInput = ReturnView & Readonly<{ series: readonly CustomerSeries[]; asOf: EpochMs }>;

/**
 * Absent model: nobody to learn from. Flags: `no-history`; `short-history` (the horizon is longer than half the history: a ranking);
 * `few-returns` (the latest horizon saw fewer than 5 people come back, or fewer than 5 stay away: a ranking).
 */
export type ReturnFit = Readonly<{ model?: ReturnModel; flags: readonly string[] }>;

/** Where the horizon does not fit twice into the history, the model learns from a third of the history instead. */
const learnedShare = 1 / 3;
/** The ridge, and below how many of the rarer label it grows: few people say little about five weights. */
const [ridge, plenty] = [20, 200];
const fewest = 5;
/** Theory has the first word: the log-odds of an order are those of BG/NBD's expectation. */
const theory: ReturnFeatures = { logFrequency: 0, logFreshness: 0, logYouth: 0, logRhythm: 0, logitExpected: 1 };
const falls = returnFeatures.map((name) => name !== 'logFrequency');

const count = (labels: Uint8Array): number => labels.reduce((sum, label) => sum + label, 0);
const rarer = ({ labels }: Examples): number => Math.min(count(labels), labels.length - count(labels));

const weightsFrom = (examples: Examples): ReturnFeatures => {
  const few = rarer(examples);
  if (few === 0) return theory;
  const { weights } = ridgeLogistic(examples, {
    ridge: ridge * Math.max(1, plenty / few),
    towards: returnFeatures.map((name) => theory[name]),
    atLeastZero: falls,
  });
  const of = (name: (typeof returnFeatures)[number]): number => weights[returnFeatures.indexOf(name)] ?? 0;
  return {
    logFrequency: of('logFrequency'),
    logFreshness: of('logFreshness'),
    logYouth: of('logYouth'),
    logRhythm: of('logRhythm'),
    logitExpected: of('logitExpected'),
  };
};

const linear = ({ features, width, labels }: Examples, weights: ReturnFeatures): Float64Array => {
  const own = returnFeatures.map((name) => weights[name]);
  const scores = new Float64Array(labels.length);
  for (let row = 0; row < scores.length; row += 1) {
    let score = 0;
    for (let j = 0; j < width; j += 1) score += (own[j] ?? 0) * (features[row * width + j] ?? 0);
    scores[row] = score;
  }
  return scores;
};

const expectedBack = (scores: Float64Array, intercept: number): number => {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) sum += logistic((scores[row] ?? 0) + intercept);
  return sum;
};

/** The intercept under which as many are expected back as came (half a person added to either side), by bisection. */
const interceptFor = (examples: Examples, weights: ReturnFeatures): number => {
  const scores = linear(examples, weights);
  if (scores.length === 0) return 0;
  const wanted = ((count(examples.labels) + 0.5) / (scores.length + 1)) * scores.length;
  let [low, high] = [-100, 100];
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    [low, high] = expectedBack(scores, middle) < wanted ? [middle, high] : [low, middle];
  }
  return (low + high) / 2;
};

/**
 * Learns from the store's own past who comes back.
 *
 * Asks at eight earlier cut-offs what was known then and who ordered within the horizon after; ridge logistic regression from that
 * towards "as BG/NBD expects", with the weights of all that moves with time at least zero; the intercept is then set on the latest
 * completed horizon alone, because shops have seasons.
 *
 * @see docs/adr/0072-return-chance.md
 */
export const fitReturnChance = ({ series, asOf, ...view }: ReturnInput): ReturnFit => {
  const startAt = historyStart(series);
  if (startAt === undefined || startAt >= asOf) return { flags: ['no-history'] };
  const { horizonDays } = view;
  const historyDays = (asOf - startAt) / days(1);
  const short = 2 * horizonDays > historyDays;
  const labelDays = short ? Math.min(horizonDays, learnedShare * historyDays) : horizonDays;
  const weights = weightsFrom(examplesAt(series, pastCutOffs(startAt, asOf, labelDays), labelDays, view));
  const latest = examplesAt(series, [asOf - days(labelDays)], labelDays, view);
  const flags = short ? ['short-history'] : rarer(latest) < fewest ? ['few-returns'] : [];
  const says = flags.length === 0 ? 'probability' : 'ranking';
  return { model: { horizonDays, intercept: interceptFor(latest, weights), weights, says }, flags };
};
