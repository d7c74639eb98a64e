/**
 * What the return chance looks at. All but `logFrequency` fall while nobody orders, and their weights are at least zero: so does the chance.
 *
 * With s days of silence, d days from the first order to the last, c days of the customer's own cycle and E the orders BG/NBD expects:
 * - `logFrequency`: ln(orders)
 * - `logFreshness`: -ln(1 + s)
 * - `logYouth`: -ln(1 + d + s)
 * - `logRhythm`: -ln(1 + s / c), the silence against their own cycle
 * - `logitExpected`: ln(e^E - 1), the log-odds of at least one order where E are expected (Poisson); never below E = 0.0001
 */
export const returnFeatures = ['logFrequency', 'logFreshness', 'logYouth', 'logRhythm', 'logitExpected'] as const;
export type ReturnFeature = (typeof returnFeatures)[number];
export type ReturnFeatures = Readonly<Record<ReturnFeature, number>>;

/** Ridge logistic regression trained on the store's own past: chance = 1 / (1 + exp(-(intercept + sum of weight x feature))). */
export type ReturnModel = Readonly<{
  horizonDays: number;
  intercept: number;
  weights: ReturnFeatures;
  /** `probability` says how many come back; `ranking` only who sooner than whom: the store's past does not hold the horizon twice. */
  says: 'probability' | 'ranking';
}>;
