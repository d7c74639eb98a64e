import { type Maximum, maximise, type Objective } from '../numeric/maximise.ts';
import { likelihoodSlope } from './purchase-likelihood.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { type SummaryTable, tableOf } from './purchase-summary.ts';

/**
 * A fitted BG/NBD model and how far to trust it.
 *
 * `maximum-likelihood`: the data decide. `weak-prior`: the maximum of likelihood and prior, because the data leave something open that
 * the flags name. `prior-only`: there was nothing to see. The log-likelihood is that of the data alone, whatever the method.
 *
 * Flags: `no-customers`, `no-history` (all of age 0), `no-repeats`, `few-repeats` (fewer than 20 customers came back),
 * `dropout-not-identified` (as likely without any), `dropout-spread-not-identified` (customers leave, but all as easily),
 * `rates-not-identified` (customers too alike, or too few purchases, to tell how their rates differ).
 */
export type PurchaseFit = Readonly<{
  model: PurchaseModel;
  logLikelihood: number;
  method: 'maximum-likelihood' | 'weak-prior' | 'prior-only';
  flags: readonly string[];
}>;

/**
 * The weak prior: log-normal, about an ordinary shop (a purchase every 16 weeks, a quarter of customers lost at each), one standard
 * deviation a factor of e in each shape and of e^1.5 in time. It weighs about as much as one customer.
 */
const prior = {
  centre: { r: 0.5, alpha: 8, a: 0.8, b: 2.4 },
  spread: { r: 1, alpha: 1.5, a: 1, b: 1 },
} as const;

/** Outside these a parameter runs away: the likelihood rises, ever more slowly, towards a model with one parameter less. */
const plausible = { r: [0.01, 100], alpha: [0.01, 10_000], a: [0.01, 100], b: [0.01, 1_000] } as const;
const wall = 12;
const fewestReturners = 20;
/** Half the 95 % point of chi-square with one degree of freedom: what dropout must add to the log-likelihood to be seen at all. */
const seenRise = 1.92;
const noDropoutLog = -40;

const names = ['r', 'alpha', 'a', 'b'] as const;
type Name = (typeof names)[number];

const modelAt = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): PurchaseModel => ({
  r: Math.exp(r),
  alpha: Math.exp(alpha),
  a: Math.exp(a),
  b: Math.exp(b),
});
const centre = names.map((name) => Math.log(prior.centre[name]));

/** Log-likelihood over log-parameters per customer, with `weight` times the prior's. */
const objectiveOf =
  (table: SummaryTable, weight: 0 | 1): Objective =>
  (point) => {
    if (point.some((x) => Math.abs(x) > wall)) return { value: Number.NEGATIVE_INFINITY, gradient: point };
    const model = modelAt(point);
    const { value, by } = likelihoodSlope(model, table);
    const pull = names.map((name, i) => ((point[i] ?? 0) - (centre[i] ?? 0)) / prior.spread[name]);
    const size = Math.max(1, table.total);
    return {
      value: (value - weight * 0.5 * pull.reduce((sum, z) => sum + z * z, 0)) / size,
      gradient: names.map(
        (name, i) => (by[name] * model[name] - (weight * (pull[i] ?? 0)) / prior.spread[name]) / size,
      ),
    };
  };

/** The best log-likelihood of customers who never drop out (plain NBD). */
const withoutDropout = (table: SummaryTable): number => {
  const never = (point: readonly number[]): PurchaseModel => ({ ...modelAt(point), a: Math.exp(noDropoutLog), b: 1 });
  const rates: Objective = (point) => {
    if (point.some((x) => Math.abs(x) > wall)) return { value: Number.NEGATIVE_INFINITY, gradient: point };
    const model = never(point);
    const { value, by } = likelihoodSlope(model, table);
    return {
      value: value / table.total,
      gradient: [(by.r * model.r) / table.total, (by.alpha * model.alpha) / table.total],
    };
  };
  const away = (point: readonly number[]): boolean => anyRunsAway(modelAt(point), ['r', 'alpha']);
  return maximise(rates, centre.slice(0, 2), away).value * table.total;
};

const runsAway = (model: PurchaseModel, name: Name): boolean => {
  const [least, most] = plausible[name];
  return !(model[name] > least && model[name] < most);
};

const anyRunsAway = (model: PurchaseModel, some: readonly Name[]): boolean =>
  some.some((name) => runsAway(model, name));

/** What the data leave open at their own maximum. */
const leftOpen = (best: Maximum, table: SummaryTable): readonly string[] => {
  const model = modelAt(best.point);
  const unseen =
    model.a <= plausible.a[0] ||
    model.b <= plausible.b[0] ||
    best.value * table.total - withoutDropout(table) < seenRise;
  const alike = !unseen && (runsAway(model, 'a') || runsAway(model, 'b'));
  const rates = runsAway(model, 'r') || runsAway(model, 'alpha');
  return [
    ...(unseen ? ['dropout-not-identified'] : []),
    ...(alike ? ['dropout-spread-not-identified'] : []),
    ...(rates ? ['rates-not-identified'] : []),
  ];
};

const tooLittle = (summaries: readonly PurchaseSummary[]): readonly string[] => {
  const returners = summaries.reduce((sum, { repeats }) => sum + Number(repeats > 0), 0);
  if (returners === 0) return ['no-repeats'];
  return returners < fewestReturners ? ['few-repeats'] : [];
};

const answer = (
  table: SummaryTable,
  point: readonly number[],
  method: PurchaseFit['method'],
  flags: readonly string[],
): PurchaseFit => {
  const model = modelAt(point);
  return { model, logLikelihood: likelihoodSlope(model, table).value, method, flags };
};

/**
 * Fits BG/NBD to a store's customers. Every input has an answer with finite, positive parameters; the flags say what it rests on.
 *
 * Maximum likelihood where the data carry it; else the maximum under the weak prior. Dropout counts as seen when it adds 1.92 to the
 * log-likelihood and neither a nor b runs away.
 *
 * @see docs/adr/0071-purchase-models.md
 */
export const fitPurchases = (summaries: readonly PurchaseSummary[]): PurchaseFit => {
  const table = tableOf(summaries);
  if (table.total === 0) return answer(table, centre, 'prior-only', ['no-customers']);
  if (summaries.every(({ ageWeeks }) => ageWeeks <= 0)) return answer(table, centre, 'prior-only', ['no-history']);
  const underPrior = (flags: readonly string[]) =>
    answer(table, maximise(objectiveOf(table, 1), centre).point, 'weak-prior', flags);
  const little = tooLittle(summaries);
  if (little.length > 0) return underPrior(little);
  const best = maximise(objectiveOf(table, 0), centre, (point) => anyRunsAway(modelAt(point), names));
  const open = leftOpen(best, table);
  return open.length > 0 ? underPrior(open) : answer(table, best.point, 'maximum-likelihood', []);
};
