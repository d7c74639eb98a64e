/**
 * Gamma-Gamma: what a customer spends per purchase is gamma(p, nu), with nu gamma(q, v) over customers. Money in major units.
 *
 * Fader, Hardie, "The Gamma-Gamma Model of Monetary Value", brucehardie.com/notes/025, 2013.
 */
export type SpendModel = Readonly<{ p: number; q: number; v: number }>;

/** A customer as Gamma-Gamma sees them: repeat purchases, at least one, and the mean spent on them. */
export type SpendSummary = Readonly<{ repeats: number; meanSpend: number }>;
