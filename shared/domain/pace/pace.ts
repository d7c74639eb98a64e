import { type DurationMs, type EpochMs, hours, minutes, seconds } from '../time.ts';

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
  /** What that reading said had left in the last day. */
  countedSent?: number;
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
const dayRetryMs = minutes(10);
const smallestShare = 0.05;
const recovery = 0.05;

/** Marketing takes a fifth of a second's worth at once, so that few writes pace many mails. */
const blockOf = (rate: number, kind: MailClass): number =>
  kind === 'transactional' ? 1 : Math.max(1, Math.floor(rate / 5));

const recovered = (pace: Pace, now: EpochMs): number =>
  Math.min(1, pace.share + recovery * Math.max(0, Math.floor((now - pace.changedAt) / minutes(1))));

/**
 * Whatever waits for the same thing waits for the same instant, whenever it was told to: then the due index itself is the backlog
 * in its order. Windows are full multiples of `everyMs`, and the next one is half a window away at least.
 */
export const nextWindow = (now: EpochMs, everyMs: DurationMs): EpochMs =>
  Math.ceil((now + everyMs / 2) / everyMs) * everyMs;

/** When mails that the day's quota stopped are tried again. */
export const dayResumesAt = (now: EpochMs): EpochMs => nextWindow(now, dayRetryMs);

/** Takes tokens for one container, or says when to come back. */
export const take = (pace: Pace, quota: Quota, kind: MailClass, now: EpochMs): Take => {
  if (pace.stoppedUntil !== undefined && now < pace.stoppedUntil)
    return { type: 'wait', until: pace.stoppedUntil, because: 'day' };
  const counted = latestReading(pace, quota);
  const left = quota.perDay * (kind === 'marketing' ? marketingShareOfDay : 1) - counted.countedSent - counted.taken;
  if (left < 1) return { type: 'wait', until: dayResumesAt(now), because: 'day' };
  const rate = Math.max(quota.perSecond * recovered(pace, now), 0.1);
  if (pace.freeAt > now + aheadMs[kind]) return { type: 'wait', until: pace.freeAt, because: 'rate' };
  const tokens = Math.min(blockOf(rate, kind), Math.floor(left));
  return {
    type: 'taken',
    tokens,
    startsAt: Math.max(pace.freeAt, now),
    next: afterTaking(pace, counted, { tokens, rate }, now),
  };
};

type Counted = Required<Pick<Pace, 'taken' | 'countedFrom' | 'countedSent'>>;

/**
 * Each container reads the quota by itself: the latest reading counts for all, and tokens are counted from it whoever takes them.
 * It does not know of those handed out for instants after it; since time is their ledger, they are what lies between it and `freeAt`.
 */
const latestReading = (pace: Pace, { readAt, sentLastDay, perSecond }: Quota): Counted => {
  const { taken, countedFrom, countedSent = sentLastDay, freeAt } = pace;
  if (readAt <= countedFrom) return { taken, countedFrom, countedSent };
  const after = Math.ceil((Math.max(0, freeAt - readAt) * perSecond) / seconds(1));
  return { taken: Math.min(taken, after), countedFrom: readAt, countedSent: sentLastDay };
};

const afterTaking = (
  pace: Pace,
  counted: Counted,
  { tokens, rate }: Readonly<{ tokens: number; rate: number }>,
  now: EpochMs,
): Pace => ({
  version: pace.version + 1,
  freeAt: Math.max(pace.freeAt, now) + Math.ceil((tokens * seconds(1)) / rate),
  ...sharedFrom(pace, now),
  ...counted,
  taken: counted.taken + tokens,
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
    : { ...pace, version: pace.version + 1, stoppedUntil: dayResumesAt(now) };

/**
 * Among what waits for the same instant, answers to people come back first, then the higher priority: the rank stands in the
 * milliseconds behind the instant, two seconds and twenty of them at most.
 */
export const backInOrder = (
  until: EpochMs,
  { class: kind, priority }: Readonly<{ class: MailClass; priority: number }>,
): EpochMs => (kind === 'transactional' ? until : until + (101 - Math.min(100, Math.max(0, priority))) * 20);

/**
 * How many mails a new sender may send in 24 hours, by day of sending: mailbox providers distrust a stranger who shouts. About
 * doubling, as the published plans do; no limit after two weeks.
 */
const ramp = [200, 400, 800, 1_500, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 45_000, 70_000, 100_000, 150_000];

/** @returns `undefined` = no limit of the warm-up. */
export const warmupAllowance = (warmupFrom: EpochMs | undefined, now: EpochMs): number | undefined =>
  warmupFrom === undefined ? undefined : ramp[Math.max(0, Math.floor((now - warmupFrom) / hours(24)))];
