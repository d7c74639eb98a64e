import type { DoubleOptIn } from './consent/double-opt-in.ts';
import type { DecidedUnder } from './customers/customer.ts';
import type { CountingPolicy } from './orders/counting.ts';
import type { EpochMs } from './time.ts';

export type StoreId = string;
export type Rhythm = 'fast' | 'normal' | 'slow' | 'durable';

/** Which orders and people are kept out of stages, fits and mail. */
export type Exclusions = Readonly<{
  tags?: readonly string[];
  emailDomains?: readonly string[];
  channels?: readonly string[];
}>;

/** What the shop tells about itself; one per store, versioned by nothing but its last write. */
export type StoreSettings = Readonly<{
  id: StoreId;
  name: string;
  /** ISO 4217; all money of the store is kept in its minor units. */
  currency: string;
  /** IANA zone; the last resort for a customer's own. */
  timeZone: string;
  /** `Name <address>` the mails come from; absent until the operator sets it. */
  from?: string;
  replyTo?: string;
  /** Postal address every commercial mail carries (CAN-SPAM 16 CFR 316). */
  postalAddress?: string;
  /** The shop's own site, where mails link to. */
  siteUrl?: string;
  /** Public base address of unsubscribe links; default: the API's own. */
  baseUrl?: string;
  /** Local hours in which nothing is mailed, `21:00-08:00` by default. */
  quietHours?: string;
  /** Horizon of the return chance, days. */
  horizonDays: number;
  rhythm: Rhythm;
  buyersWithoutOptIn: 'never' | 'softOptIn' | 'optOut';
  /** Countries in which checkout gives the notice the soft opt-in requires; only read with `softOptIn`. */
  softOptInCountries?: readonly string[];
  /** Whose yes is confirmed by mail before it counts; absent = nobody's. */
  doubleOptIn?: DoubleOptIn;
  /** What the preference centre offers to leave out, one by one; campaigns may name one of them. */
  topics?: readonly string[];
  /** Set while the operator has the store's mail wait. */
  pausedAt?: EpochMs;
  /** What happened up to then may have been mailed already, by the table that an older copy replaced: it mails nobody any more. */
  restoredAt?: EpochMs;
  /** When the ramp of a new sender began; absent = no ramp. */
  warmupFrom?: EpochMs;
  /** `pending` orders count (cash on delivery). */
  pendingCounts: boolean;
  exclude: Exclusions;
  /** Static reward codes the shop has made, by reward name. */
  rewardCodes: Readonly<Record<string, string>>;
  /** Ids of the campaigns that are switched on. */
  activeCampaigns: readonly string[];
  createdAt: EpochMs;
  /** Versions decisions are taken under, as read beside the settings; changed only by taking others over. */
  adopted?: DecidedUnder;
}>;

/** What the store's settings say about counting orders. */
export const countingPolicy = ({ pendingCounts, exclude }: StoreSettings): CountingPolicy => ({
  pendingCounts,
  excludedChannels: exclude.channels ?? [],
});
