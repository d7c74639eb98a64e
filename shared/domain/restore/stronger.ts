import type { EpochMs } from '../time.ts';
import type { LogEntry, LoggedChoice, LoggedErasure, LoggedReasons, Withdrawn } from './log-entry.ts';

/*
 * Joins of what is logged with what is told. Each is commutative, associative and idempotent, so that telling in any order and
 * any number of times leaves the same, and nothing told is ever weakened.
 */

/** What two entries about the same account or address say together; an entry about something else stands alone. */
export const joinEntries = <T extends LogEntry>(known: T, told: T): T => {
  const [a, b]: [LogEntry, LogEntry] = [known, told];
  if (a.type === 'erasure' && b.type === 'erasure') return { ...known, ...joinErasures(a, b) };
  if (a.type === 'suppression' && b.type === 'suppression') return { ...known, ...joinReasons(a, b) };
  if (a.type === 'withdrawal' && b.type === 'withdrawal')
    return { ...known, ...joinWithdrawn(a, b), names: joinTexts(a.names, b.names) };
  return known;
};

const joinErasures = (a: LoggedErasure, b: LoggedErasure): LoggedErasure => ({
  ...((a.mergedInto ?? '') >= (b.mergedInto ?? '') ? a : b),
  erasedAt: Math.max(a.erasedAt, b.erasedAt),
  generation: Math.max(a.generation, b.generation),
  firstSeenAt: Math.min(a.firstSeenAt, b.firstSeenAt),
  names: joinTexts(a.names, b.names),
});

const joinReasons = (a: LoggedReasons, b: LoggedReasons): LoggedReasons => {
  const reason = laterReason(a.reason, b.reason);
  return { ...(reason === undefined ? {} : { reason }), ...dated('erasedAt', later(a.erasedAt, b.erasedAt)) };
};

type Reason = LoggedReasons['reason'];

const laterReason = (a: Reason, b: Reason): Reason => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.by <= b.by ? a : b;
};

/** Dates move forward only; of two choices the later one stands, of two at once what either left out. */
export const joinWithdrawn = (a: Withdrawn, b: Withdrawn): Withdrawn => ({
  ...dated('optedOutAt', later(a.optedOutAt, b.optedOutAt)),
  ...dated('complainedAt', later(a.complainedAt, b.complainedAt)),
  ...joinSuppressed(a, b),
  ...joinChoices(a.choice, b.choice),
});

const later = (a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

const dated = <N extends string>(name: N, at: EpochMs | undefined): Partial<Record<N, EpochMs>> =>
  at === undefined ? {} : ({ [name]: at } as Record<N, EpochMs>);

type Suppressed = Pick<Withdrawn, 'suppressedAt' | 'suppressedBy'>;

const joinSuppressed = (a: Withdrawn, b: Withdrawn): Suppressed => {
  const [first, second] = [suppressedIn(a), suppressedIn(b)];
  const [left, right] = [first.suppressedAt ?? -1, second.suppressedAt ?? -1];
  if (left !== right) return left > right ? first : second;
  return (first.suppressedBy ?? '') >= (second.suppressedBy ?? '') ? first : second;
};

const suppressedIn = ({ suppressedAt, suppressedBy }: Withdrawn): Suppressed => ({
  ...(suppressedAt === undefined ? {} : { suppressedAt }),
  ...(suppressedBy === undefined ? {} : { suppressedBy }),
});

const joinChoices = (a: LoggedChoice | undefined, b: LoggedChoice | undefined): Pick<Withdrawn, 'choice'> => {
  if (a === undefined) return b === undefined ? {} : { choice: b };
  if (b === undefined) return { choice: a };
  if (a.at !== b.at) return { choice: a.at > b.at ? a : b };
  return { choice: strictest(a, b) };
};

/** What either of two choices left out. */
export const strictest = (a: LoggedChoice, b: LoggedChoice): LoggedChoice => {
  const since = [a.monthlySince, b.monthlySince].filter((at) => at !== undefined);
  return {
    topicsOff: joinTexts(a.topicsOff, b.topicsOff),
    ...(since.length === 0 ? {} : { monthlySince: Math.min(...since) }),
    at: Math.max(a.at, b.at),
  };
};

const joinTexts = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])].sort();
