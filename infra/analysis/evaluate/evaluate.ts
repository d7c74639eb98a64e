import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { fitStore } from '../../../shared/domain/fit/fit-store.ts';
import type { ReturnModel } from '../../../shared/domain/fit/return-chance/return-model.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { currencyExponent } from '../../../shared/domain/orders/money.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { Person } from '../backtest/people/person.ts';
import { judgedCustomers, type Split } from './judged-customers.ts';
import { judgeScores, type Score } from './scores.ts';
import { type StageReturn, stageReturns } from './stage-counts.ts';
import { type Thresholds, thresholdsOverTime } from './thresholds.ts';

export type EvaluationInput = Split &
  Readonly<{ people: readonly Person[]; store: StoreSettings; lifecycles: readonly Lifecycle[] }>;

/** What was known at the end of the calibration, judged by what came after. */
export type Evaluation = Readonly<{
  customers: number;
  returned: number;
  /** People whose orders up to then brought nothing: free, cancelled or wholly refunded. */
  leftOut: number;
  scores: readonly Score[];
  /** What the return chance says; `undefined`: there is none. */
  says?: ReturnModel['says'] | undefined;
  stages: readonly StageReturn[];
  thresholds: readonly Thresholds[];
  /** What the fit could not tell from the data. */
  flags: readonly string[];
}>;

/** Fits the store at the end of the calibration, as it would have been fitted that night, and judges what the fit said. */
export const evaluate = ({ people, store, lifecycles, ...split }: EvaluationInput): Evaluation => {
  const { calibrationEnd: asOf, horizonDays } = split;
  const customers = judgedCustomers(people, store, split);
  const series = customers.map((customer) => customer.series);
  const prior = priorFit(store.rhythm);
  const minorPerMajor = 10 ** currencyExponent(store.currency);
  const { fit, purchases, flags } = fitStore({ series, asOf, prior, horizonDays, minorPerMajor, version: 1 });
  const models = { cycle: fit.cycle, purchases: purchases.model, returnChance: fit.returnChance };
  return {
    customers: customers.length,
    returned: customers.filter(({ cameBack }) => cameBack).length,
    leftOut: people.filter(({ orders }) => (orders[0]?.placedAt ?? asOf + 1) <= asOf).length - customers.length,
    scores: judgeScores(customers, split, models),
    says: fit.returnChance?.says,
    stages: lifecycles.flatMap((lifecycle) => stageReturns(customers, split, { store, fit, lifecycle })),
    thresholds: thresholdsOverTime(series, asOf, prior),
    flags,
  };
};
