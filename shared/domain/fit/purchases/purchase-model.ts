/**
 * BG/NBD: while alive a customer buys as a Poisson process whose rate is gamma(r, alpha) over customers; after each purchase
 * they drop out with a probability that is beta(a, b) over customers. Time in weeks.
 *
 * Fader, Hardie, Lee, "Counting Your Customers the Easy Way", Marketing Science 24(2), 2005.
 */
export type PurchaseModel = Readonly<{ r: number; alpha: number; a: number; b: number }>;

/** A customer as BG/NBD sees them: repeat purchases, weeks from the first to the last, and weeks from the first until now. */
export type PurchaseSummary = Readonly<{ repeats: number; lastWeek: number; ageWeeks: number }>;
