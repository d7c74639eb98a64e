import { type DurationMs, type EpochMs, minutes } from '../time.ts';
import type { LogEntry } from './log-entry.ts';

/** What a restore goes through: the log again, then the mails that were still to go, then whether everybody erased is. */
export const restoreSteps = ['log', 'sends', 'making-sure'] as const;
export type RestoreStep = (typeof restoreSteps)[number];

/** How many of each were seen to. */
export type RestoreCounts = Readonly<{ erasures: number; suppressions: number; withdrawals: number; sends: number }>;

/** How far taking in an older copy of the table has come, for one store. */
export type Restore = Readonly<{
  /** Counts writes; 0 = never written. */
  version: number;
  /** What happened up to then mails nobody any more. */
  restoredAt: EpochMs;
  step: RestoreStep;
  /** Behind which entry of the step it goes on. */
  place?: string;
  /** Entries of the log, once they were counted. */
  total?: number;
  done: RestoreCounts;
  /** Rounds of making sure, and the erasures this round found not done yet. */
  round: number;
  missing: number;
  /** When the next page is due; absent once finished. */
  dueAt?: EpochMs;
  finishedAt?: EpochMs;
  /** Erasures that were still not done after the last round: react fails for them again and again. */
  left?: number;
}>;

/** Entries and mails seen to in a minute. */
export const restorePerMinute = 5_000;
/** React is given so long to erase whom it was handed. */
const makeSureAfterMs: DurationMs = minutes(1);
const maxRounds = 5;

/** A restore from the first entry on; it takes the place of the one before. */
export const beginRestore = (before: Pick<Restore, 'version'> | undefined, now: EpochMs): Restore => ({
  version: (before?.version ?? 0) + 1,
  restoredAt: now,
  step: 'log',
  done: { erasures: 0, suppressions: 0, withdrawals: 0, sends: 0 },
  ...{ round: 0, missing: 0 },
  dueAt: now,
});

const counter = { erasure: 'erasures', suppression: 'suppressions', withdrawal: 'withdrawals' } as const;

/** With a page of the log replayed; the last page leads on to the mails. */
export const afterLogPage = (restore: Restore, entries: readonly LogEntry[], next: string | undefined): Restore => {
  const done = { ...restore.done };
  for (const { type } of entries) done[counter[type]] += 1;
  return at({ ...restore, done }, 'log', next ?? 'through');
};

/** With a page of open mails closed. */
export const afterSendPage = (restore: Restore, closed: number, next: string | undefined): Restore =>
  at({ ...restore, done: { ...restore.done, sends: restore.done.sends + closed } }, 'sends', next ?? 'through');

/** With a page of erasures looked up: those not done were asked for again. */
export const afterLook = (restore: Restore, missing: number, next: string | undefined): Restore => {
  const { place: _place, ...looked } = { ...restore, missing: restore.missing + missing };
  return next === undefined ? { ...looked, round: restore.round + 1 } : { ...looked, place: next };
};

const at = ({ place: _place, ...restore }: Restore, step: 'log' | 'sends', next: string): Restore => {
  if (next !== 'through') return { ...restore, step, place: next };
  return { ...restore, step: step === 'log' ? 'sends' : 'making-sure' };
};

/** Whether this minute may go on with the next page: a round of making sure waits for react first. */
export const goesOn = (before: Restore, after: Restore): boolean =>
  after.step !== 'making-sure' || (before.step === 'making-sure' && before.round === after.round);

/** The restore as it is written after a minute's work: waiting for the next one, or finished. */
export const afterMinute = (restore: Restore, roundsBefore: number, now: EpochMs): Restore => {
  const written = { ...restore, version: restore.version + 1 };
  const isRoundOver = restore.round > roundsBefore;
  if (!isRoundOver) return { ...written, dueAt: now + makeSureAfterMs };
  if (restore.missing > 0 && restore.round < maxRounds) return { ...written, missing: 0, dueAt: now + makeSureAfterMs };
  return finished(written, now);
};

const finished = ({ dueAt: _dueAt, ...restore }: Restore, now: EpochMs): Restore => ({
  ...restore,
  finishedAt: now,
  ...(restore.missing > 0 ? { left: restore.missing } : {}),
});
