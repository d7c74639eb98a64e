import type { EpochMs } from '../time.ts';

/** What a payload says about consent: a statement only when it is dated. */
export type ConsentClaim = Readonly<{
  state: 'granted' | 'withdrawn';
  at: EpochMs;
  basis: 'express' | 'soft' | 'implied';
  /** The platform had it confirmed by mail itself. */
  confirmed?: boolean;
  /** Where it was given, in the source's words (`checkout`, `shopify:customers/update`). */
  source: string;
}>;

/** The person as one payload shows them; every field may be missing. */
export type CustomerSnapshot = Readonly<{
  externalId?: string;
  /** Normalised by `normaliseEmail`; never stored otherwise. */
  email?: string;
  firstName?: string;
  lastName?: string;
  /** BCP 47. */
  locale?: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  /** ISO 3166-2 subdivision part, for countries with several zones. */
  province?: string;
  /** IANA zone. */
  timeZone?: string;
  tags?: readonly string[];
  consent?: ConsentClaim;
}>;

/** What is known about the person now: the newest payload wins field by field. */
export type Profile = Omit<CustomerSnapshot, 'consent' | 'externalId'>;
