import type { Fit } from '../../../shared/domain/fit/fit.ts';
import { expectedPurchases } from '../../../shared/domain/fit/purchases/expected-purchases.ts';
import { pAlive } from '../../../shared/domain/fit/purchases/p-alive.ts';
import type { PurchaseModel } from '../../../shared/domain/fit/purchases/purchase-model.ts';
import { summaryOf } from '../../../shared/domain/fit/purchases/purchase-summary.ts';
import { returnChanceOf } from '../../../shared/domain/fit/return-chance/return-chance-of.ts';
import { pastOf, returnFeaturesOf } from '../../../shared/domain/fit/return-chance/return-features.ts';
import type { ReturnModel } from '../../../shared/domain/fit/return-chance/return-model.ts';
import type { JudgedCustomer, Split } from './judged-customers.ts';
import { aucOf } from './measures/auc.ts';
import { brierOf, eceOf, type Tenth, tenthsOf } from './measures/calibration.ts';

export const scoreNames = ['recency', 'cadence', 'pAlive', 'expectedOrders', 'returnChance'] as const;
export type ScoreName = (typeof scoreNames)[number];

/** How well a score told who comes back. */
export type Score = Readonly<{
  name: ScoreName;
  /** Absent where all came back or none did. */
  auc?: number;
  /** Where the score is a probability. */
  calibration?: Readonly<{ brier: number; ece: number; tenths: readonly Tenth[] }>;
}>;

/** What the scores are taken from. */
export type Models = Readonly<{
  cycle: Fit['cycle'];
  purchases: PurchaseModel;
  returnChance?: ReturnModel | undefined;
}>;

type Values = Readonly<Record<ScoreName, number>>;

/** Each score of a customer: higher = expected to come back sooner. */
const valuesOf = (series: JudgedCustomer['series'], { calibrationEnd, horizonDays }: Split, models: Models): Values => {
  const { cycle, purchases, returnChance } = models;
  const summary = summaryOf(series, calibrationEnd);
  const silenceDays = (summary.ageWeeks - summary.lastWeek) * 7;
  const cycleDays = (summary.lastWeek * 7 + cycle.weight * cycle.days) / (summary.repeats + cycle.weight);
  const past = pastOf(series, calibrationEnd);
  const view = { horizonDays, cycle, purchases };
  return {
    recency: -silenceDays,
    cadence: -silenceDays / cycleDays,
    pAlive: pAlive(purchases, summary),
    expectedOrders: expectedPurchases(purchases, summary, horizonDays / 7),
    returnChance:
      past === undefined || returnChance === undefined
        ? 0
        : returnChanceOf(returnChance, returnFeaturesOf(past, calibrationEnd, view)),
  };
};

const judged = (name: ScoreName, values: readonly number[], cameBack: readonly boolean[], isChance: boolean): Score => {
  const auc = aucOf(values, cameBack);
  const tenths = tenthsOf(values, cameBack);
  return {
    name,
    ...(auc === undefined ? {} : { auc }),
    ...(isChance ? { calibration: { brier: brierOf(values, cameBack), ece: eceOf(tenths), tenths } } : {}),
  };
};

/** Judges the five scores. P(alive) is a probability read as "will order again"; a return chance that only ranks is none. */
export const judgeScores = (customers: readonly JudgedCustomer[], split: Split, models: Models): readonly Score[] => {
  const values = customers.map(({ series }) => valuesOf(series, split, models));
  const cameBack = customers.map((customer) => customer.cameBack);
  const isChance = (name: ScoreName): boolean =>
    name === 'pAlive' || (name === 'returnChance' && models.returnChance?.says === 'probability');
  return scoreNames.map((name) =>
    judged(
      name,
      values.map((each) => each[name]),
      cameBack,
      isChance(name),
    ),
  );
};
