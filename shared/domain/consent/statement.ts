import type { EpochMs } from '../time.ts';

/** One dated consent statement: appended, never changed. */
export type ConsentStatement = Readonly<{
  /** Hash of purpose, state, time and source: the same statement told twice is one. */
  id: string;
  purpose: 'marketing';
  state: 'granted' | 'withdrawn';
  basis: 'express' | 'soft' | 'implied';
  source: string;
  at: EpochMs;
  recordedAt: EpochMs;
  /** Set while the statement turned effective consent on and no enrolment decision has been taken: stands in the due index from then. */
  dueAt?: EpochMs;
}>;
