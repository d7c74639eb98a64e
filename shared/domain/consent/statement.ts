import type { EpochMs } from '../time.ts';

/** What was agreed to: marketing as a whole, or one topic of it. */
export type ConsentPurpose = 'marketing' | `topic:${string}`;

/** Source of a statement that the operator took down: dated by the person's word, told when it was written down. */
export const operatorSource = 'operator';

/** One dated consent statement: appended, never changed. */
export type ConsentStatement = Readonly<{
  /** Hash of purpose, state, time and source: the same statement told twice is one. */
  id: string;
  purpose: ConsentPurpose;
  /** `pending`: given, and waiting for its confirmation by mail. */
  state: 'granted' | 'pending' | 'withdrawn';
  basis: 'express' | 'soft' | 'implied';
  /** Confirmed from the mailbox itself (double opt-in). */
  confirmed?: boolean;
  source: string;
  at: EpochMs;
  recordedAt: EpochMs;
  /** Set while the statement turned effective consent on and no enrolment decision has been taken: stands in the due index from then. */
  dueAt?: EpochMs;
}>;
