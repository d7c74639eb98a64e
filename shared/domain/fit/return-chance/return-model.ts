/** What the return chance looks at; each falls or stays while nobody orders. */
export const returnFeatures = [
  'logSilence',
  'logFrequency',
  'logTenure',
  'silenceCycles',
  'logSpend',
  'logExpected',
] as const;
export type ReturnFeature = (typeof returnFeatures)[number];

/** Ridge logistic regression trained on the store's own past: chance = 1 / (1 + exp(-(intercept + sum of weight x feature))). */
export type ReturnModel = Readonly<{
  horizonDays: number;
  intercept: number;
  weights: Readonly<Record<ReturnFeature, number>>;
  /** `probability` says how many come back; `ranking` only who sooner than whom: the horizon is longer than half the history. */
  says: 'probability' | 'ranking';
}>;
