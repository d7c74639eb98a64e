import type { ConsentState } from '../customers/customer.ts';
import { type DurationMs, days, type EpochMs } from '../time.ts';
import type { MailPermission } from './permission.ts';

/** What the law of a place looks at. */
export type Buyer = Readonly<{ country: string | undefined; lastOrderAt: EpochMs | undefined }>;

/**
 * Consent implied by a purchase ends two years after it (CASL, S.C. 2010 c. 23, s. 10(10)(a)). Counted as 730 days, so that it
 * is never a day too long.
 */
export const impliedConsentMs: DurationMs = days(730);

const allowed = (because: Extract<MailPermission, { may: true }>['because']): MailPermission => ({
  may: true,
  because,
});
const expressNeeded: MailPermission = { may: false, because: 'express-needed' };

/**
 * What a granted statement is worth where the customer lives. An express one holds everywhere. One that only follows from a
 * purchase holds two years in Canada, never in China (Measures for Internet E-mail Services, 2006, art. 13), `soft` in other
 * places (ePrivacy 2002/58 art. 13(2), PECR reg. 22), `implied` in the United States alone.
 */
export const worthOf = (consent: ConsentState, buyer: Buyer, now: EpochMs): MailPermission => {
  if (consent.basis === 'express') return allowed(consent.confirmed ? 'confirmed-consent' : 'express-consent');
  return byPurchase(buyer, consent.basis === 'soft' || buyer.country === 'US', now);
};

/** What a purchase alone allows; `elsewhere` says whether it is enough where no rule of a country's own stands against it. */
export const byPurchase = ({ country, lastOrderAt }: Buyer, elsewhere: boolean, now: EpochMs): MailPermission => {
  if (country === 'CN') return expressNeeded;
  if (country === 'CA') return impliedUntil(lastOrderAt, now);
  if (!elsewhere) return expressNeeded;
  return allowed(country === 'US' ? 'opt-out-country' : 'soft-opt-in');
};

const impliedUntil = (lastOrderAt: EpochMs | undefined, now: EpochMs): MailPermission => {
  const until = (lastOrderAt ?? Number.NEGATIVE_INFINITY) + impliedConsentMs;
  return now < until ? { may: true, because: 'implied-consent', until } : { may: false, because: 'implied-ended' };
};
