import type { Rhythm } from '../store.ts';
import type { PurchaseModel } from './purchases/purchase-model.ts';
import type { SpendModel } from './purchases/spend-model.ts';
import type { ReturnModel } from './return-chance/return-model.ts';
import type { SilenceCurve } from './silence/silence-curve.ts';

/** Bounds between the five scores of each part of RFM, ascending: four each. Days since the last order, orders, money in minor units. */
export type RfmBounds = Readonly<{
  recencyDays: readonly [number, number, number, number];
  frequency: readonly [number, number, number, number];
  monetaryMinor: readonly [number, number, number, number];
}>;

/** What a store's own history says, as a version. Version 0 is the prior, before there is any. */
export type Fit = Readonly<{
  version: number;
  /** Silence curves of comparable customers: 1 occasion, 2-3, 4 or more. */
  curves: readonly [SilenceCurve, SilenceCurve, SilenceCurve];
  /** The store's typical days between two orders, and how many gaps of a customer weigh as much. */
  cycle: Readonly<{ days: number; weight: number }>;
  /** Occasions of the last 12 months that put a repeat customer into the top share; absent until fitted. */
  topLast12Months?: readonly Readonly<{ top: number; orders: number }>[];
  rfm?: RfmBounds;
  /** How far ahead `expectedOrders` and `returnChance` look. */
  horizonDays?: number;
  purchases?: PurchaseModel;
  spend?: SpendModel;
  returnChance?: ReturnModel;
}>;

const medianDays: Readonly<Record<Rhythm, number>> = { fast: 14, normal: 45, slow: 120, durable: 400 };

/** Shops slower than the normal rhythm look further ahead in proportion. */
const horizonDays = (rhythm: Rhythm): number => 365 * Math.max(1, medianDays[rhythm] / medianDays.normal);

/**
 * Fit version 0: log-normal with sigma 1.5, 70 % of customers return, median by the shop's rhythm.
 * Under `normal`, silence 75 % = 94 days, 90 % = 185, 98 % = 308.
 */
export const priorFit = (rhythm: Rhythm): Fit => priors[rhythm];

const makePrior = (rhythm: Rhythm): Fit => {
  const curve = { medianDays: medianDays[rhythm], sigma: 1.5, returnShare: 0.7, horizonDays: horizonDays(rhythm) };
  return { version: 0, curves: [curve, curve, curve], cycle: { days: medianDays[rhythm], weight: 1 } };
};

/** One object for each rhythm: conditions are resolved once for each fit they meet. */
const priors: Readonly<Record<Rhythm, Fit>> = {
  fast: makePrior('fast'),
  normal: makePrior('normal'),
  slow: makePrior('slow'),
  durable: makePrior('durable'),
};

/** The curve of customers comparable to one with so many occasions. */
export const curveFor = (fit: Fit, orders: number): SilenceCurve => fit.curves[orders <= 1 ? 0 : orders <= 3 ? 1 : 2];
