import { days } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { Fit } from '../fit.ts';

type Cycle = Fit['cycle'];
/** A customer's gaps: how many, their mean and the sum of squares about it; days. */
type Gaps = Readonly<{ count: number; mean: number; scatter: number }>;

/** What the prior counts: so many fully known customers. */
const priorCustomers = 5;
/** Between a quarter of a gap, where customers hardly resemble each other, and 20, where they hardly differ. */
const [leastWeight, mostWeight] = [0.25, 20];

const gapsOf = (series: CustomerSeries): Gaps => {
  let [count, mean, scatter] = [0, 0, 0];
  for (let n = 1; n < series.length; n += 1) {
    const gap = ((series[n]?.at ?? 0) - (series[n - 1]?.at ?? 0)) / days(1);
    count += 1;
    const off = gap - mean;
    mean += off / count;
    scatter += off * (gap - mean);
  }
  return { count, mean, scatter };
};

const sum = (all: readonly Gaps[], of: (gaps: Gaps) => number): number =>
  all.reduce((total, gaps) => total + of(gaps), 0);

/** Variance of gaps within a customer over the variance of means between customers; `undefined` where the gaps cannot tell. */
const weightOf = (all: readonly Gaps[]): number | undefined => {
  const count = sum(all, (gaps) => gaps.count);
  const freedom = count - all.length;
  if (all.length < 2 || freedom === 0) return undefined;
  const within = sum(all, ({ scatter }) => scatter) / freedom;
  const mean = sum(all, (gaps) => gaps.count * gaps.mean) / count;
  const spread = sum(all, (gaps) => gaps.count * (gaps.mean - mean) ** 2) - (all.length - 1) * within;
  const between = spread / (count - sum(all, (gaps) => gaps.count ** 2) / count);
  if (within === 0 && between <= 0) return undefined;
  return between <= 0 ? mostWeight : Math.min(mostWeight, Math.max(leastWeight, within / between));
};

/**
 * The store's typical days between two occasions, and how many gaps of a customer weigh as much.
 *
 * Each customer's mean gap is pulled to the store's by credibility: n gaps count n / (n + weight). The store's mean weighs
 * customers by that, so that frequent buyers do not own it; `weight` is the variance within customers over the variance
 * between, by moments, 0.25 to 20. Both are pulled to the prior, which counts as five customers: without a gap, or with
 * one customer only, the answer is the prior's or near it; customers with identical gaps keep its weight.
 *
 * Buehlmann, Straub, "Glaubwuerdigkeit fuer Schadensaetze", 1970; Buehlmann, Gisler, "A Course in Credibility Theory", 2005, chapter 4.
 */
export const fitCycle = (series: readonly CustomerSeries[], prior: Cycle): Cycle => {
  const all = series.filter(({ length }) => length > 1).map(gapsOf);
  const told = weightOf(all);
  const informed = told === undefined ? 0 : all.filter(({ count }) => count > 1).length;
  const pulled = informed * Math.log(told ?? prior.weight) + priorCustomers * Math.log(prior.weight);
  const weight = Math.exp(pulled / (informed + priorCustomers));
  const credibility = ({ count }: Gaps): number => count / (count + weight);
  const known = sum(all, credibility);
  const total = sum(all, (gaps) => credibility(gaps) * gaps.mean) + priorCustomers * prior.days;
  return { days: total / (known + priorCustomers), weight };
};
