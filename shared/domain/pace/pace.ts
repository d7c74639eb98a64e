import { type EpochMs, hours, minutes, seconds } from '../time.ts';

/** What the provider lets the account do; recipients, and every mail of ours has one. */
export type Quota = Readonly<{ perSecond: number; perDay: number; sentLastDay: number; readAt: EpochMs }>;

/**
 * How fast mails leave, for all containers together. Time is the ledger of tokens: `freeAt` is when the last token handed out is
 * used up, so taking n of them moves it n / rate further.
 */
export type Pace = Readonly<{
  /** Counts writes; 0 = never written. */
  version: number;
  freeAt: EpochMs;
  /** Share of the provider's rate that is used: halved when it says slower, a twentieth more for every quiet minute. */
  share: number;
  changedAt: EpochMs;
  /** The daily quota is used up until then. */
  stoppedUntil?: EpochMs;
  /** Tokens handed out since the quota was read at `countedFrom`: what the reading does not know yet. */
  taken: number;
  countedFrom: EpochMs;
}>;

export const newPace: Pace = { version: 0, freeAt: 0, share: 1, changedAt: 0, taken: 0, countedFrom: 0 };

export type MailClass = 'marketing' | 'transactional';
export type Take = Readonly<
  | { type: 'taken'; tokens: number; startsAt: EpochMs; next: Pace }
  | { type: 'wait'; until: EpochMs; because: 'rate' | 'day' }
>;

/** How far ahead of time each class may book: campaigns leave room, so that what answers a person never waits for them. */
const aheadMs: Readonly<Record<MailClass, number>> = { marketing: seconds(10), transactional: seconds(20) };
/** What campaigns leave of the day's quota for answers. */
const marketingShareOfDay = 0.95;
/** AWS advises to try again within ten minutes once the daily quota is used up. */
export const dayRetryMs = minutes(10);
const smallestShare = 0.05;
const recovery = 0.05;

/** Marketing takes a fifth of a second's worth at once, so that few writes pace many mails. */
const blockOf = (rate: number, kind: MailClass): number =>
  kind === 'transactional' ? 1 : Math.max(1, Math.floor(rate / 5));

const recovered = (pace: Pace, now: EpochMs): number =>
  Math.min(1, pace.share + recovery * Math.max(0, Math.floor((now - pace.changedAt) / minutes(1))));

/** Takes tokens for one container, or says when to come back. */
export const take = (pace: Pace, quota: Quota, kind: MailClass, now: EpochMs): Take => {
  if (pace.stoppedUntil !== undefined && now < pace.stoppedUntil)
    return { type: 'wait', until: pace.stoppedUntil, because: 'day' };
  const taken = pace.countedFrom === quota.readAt ? pace.taken : 0;
  const left = quota.perDay * (kind === 'marketing' ? marketingShareOfDay : 1) - quota.sentLastDay - taken;
  if (left < 1) return { type: 'wait', until: now + dayRetryMs, because: 'day' };
  const rate = Math.max(quota.perSecond * recovered(pace, now), 0.1);
  if (pace.freeAt > now + aheadMs[kind]) return { type: 'wait', until: pace.freeAt, because: 'rate' };
  const tokens = Math.min(blockOf(rate, kind), Math.floor(left));
  return {
    type: 'taken',
    tokens,
    startsAt: Math.max(pace.freeAt, now),
    next: afterTaking(pace, quota, { tokens, rate, taken }, now),
  };
};

const afterTaking = (
  pace: Pace,
  quota: Quota,
  { tokens, rate, taken }: Readonly<{ tokens: number; rate: number; taken: number }>,
  now: EpochMs,
): Pace => ({
  version: pace.version + 1,
  freeAt: Math.max(pace.freeAt, now) + Math.ceil((tokens * seconds(1)) / rate),
  ...sharedFrom(pace, now),
  taken: taken + tokens,
  countedFrom: quota.readAt,
});

/** Recovery is written down in whole minutes, so that nothing of it is lost between writes. */
const sharedFrom = (pace: Pace, now: EpochMs): Pick<Pace, 'share' | 'changedAt'> => {
  const passed = Math.max(0, Math.floor((now - pace.changedAt) / minutes(1)));
  return { share: recovered(pace, now), changedAt: pace.changedAt + passed * minutes(1) };
};

/** The provider said slower: half the rate, once in ten seconds however many mails are told so. */
export const slower = (pace: Pace, now: EpochMs): Pace | undefined => {
  if (now - pace.changedAt < seconds(10) && pace.share < 1) return undefined;
  const share = Math.max(smallestShare, recovered(pace, now) / 2);
  return { ...pace, version: pace.version + 1, share, changedAt: now };
};

/** The provider said that the day's quota is used up: everybody stops, and one tries again later. */
export const stopped = (pace: Pace, now: EpochMs): Pace | undefined =>
  pace.stoppedUntil !== undefined && pace.stoppedUntil > now
    ? undefined
    : { ...pace, version: pace.version + 1, stoppedUntil: now + dayRetryMs };

/** Among what waits for the same reason the higher priority comes back first. */
export const backInOrder = (until: EpochMs, priority: number): EpochMs => until + Math.max(0, 100 - priority) * 20;

/**
 * How many mails a new sender may send in 24 hours, by day of sending: mailbox providers distrust a stranger who shouts. About
 * doubling, as the published plans do; no limit after two weeks.
 */
const ramp = [200, 400, 800, 1_500, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 45_000, 70_000, 100_000, 150_000];

/** @returns `undefined` = no limit of the warm-up. */
export const warmupAllowance = (warmupFrom: EpochMs | undefined, now: EpochMs): number | undefined =>
  warmupFrom === undefined ? undefined : ramp[Math.max(0, Math.floor((now - warmupFrom) / hours(24)))];
