import type { ConsentClaim } from '../../customers/profile.ts';
import { type EpochMs, parseInstant } from '../../time.ts';
import { aheadMs } from '../plausible-times.ts';
import type { CustomerPayload } from './payload.ts';

/** An instant of the payload; `undefined` when absent, unreadable or further ahead than a clock may run. */
export const pastInstant = (text: string | null | undefined, now: EpochMs): EpochMs | undefined => {
  const at = text ? parseInstant(text) : undefined;
  return at !== undefined && at <= now + aheadMs ? at : undefined;
};

const claim = (state: ConsentClaim['state'], source: string, at: EpochMs | undefined): ConsentClaim | undefined =>
  at === undefined ? undefined : { state, at, basis: 'express', source };

/** The shop's own double opt-in counts as ours. */
const confirmedBy = (level: string | null | undefined, said: ConsentClaim | undefined): ConsentClaim | undefined =>
  said !== undefined && level === 'confirmed_opt_in' ? { ...said, confirmed: true } : said;

/**
 * What a customer object says: `subscribed` grants and `unsubscribed` withdraws at `consent_updated_at`; every other state says nothing.
 *
 * An `unsubscribed` without a date is dated by the payload: it must not be lost. `accepts_marketing` is the older spelling of `subscribed`.
 *
 * @param payloadAt Time of the payload.
 */
export const customerConsent = (
  customer: Pick<CustomerPayload, 'email_marketing_consent' | 'accepts_marketing' | 'accepts_marketing_updated_at'>,
  payloadAt: EpochMs,
  now: EpochMs,
): ConsentClaim | undefined => {
  const { state, opt_in_level: level, consent_updated_at: updatedAt } = customer.email_marketing_consent ?? {};
  const at = pastInstant(updatedAt, now);
  if (state === 'subscribed') return confirmedBy(level, claim('granted', 'shopify:customer', at));
  if (state === 'unsubscribed') return claim('withdrawn', 'shopify:customer', at ?? payloadAt);
  if (customer.email_marketing_consent || customer.accepts_marketing !== true) return undefined;
  return claim('granted', 'shopify:customer', pastInstant(customer.accepts_marketing_updated_at, now));
};

/** The buyer ticked the box at checkout; `false` says nothing, the box may not have been shown. */
export const checkoutConsent = (accepts: boolean | null | undefined, processedAt: EpochMs): ConsentClaim | undefined =>
  accepts === true ? claim('granted', 'shopify:checkout', processedAt) : undefined;

/** The later dated of two claims; of two with one date the withdrawal. */
export const latestClaim = (a: ConsentClaim | undefined, b: ConsentClaim | undefined): ConsentClaim | undefined => {
  if (!a || !b) return a ?? b;
  if (a.at === b.at) return a.state === 'withdrawn' ? a : b;
  return a.at > b.at ? a : b;
};

/** Shopify's word for a customer it has erased. */
export const isRedacted = (customer: Pick<CustomerPayload, 'email_marketing_consent'> | null | undefined): boolean =>
  customer?.email_marketing_consent?.state === 'redacted';
