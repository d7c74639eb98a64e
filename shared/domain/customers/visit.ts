import type { Cause } from '../lifecycle/cause.ts';
import { type DurationMs, type EpochMs, minutes } from '../time.ts';
import type { DecidedUnder, StageId } from './customer.ts';

/** How long the bus has before the sweep looks after an enrolment decision itself. */
export const enrolGraceMs: DurationMs = minutes(2);

/** One stay in a stage, written once by relay when react has committed the transition. */
export type Visit = Readonly<{
  visit: number;
  stage: StageId;
  from?: StageId;
  effectiveAt: EpochMs;
  decidedAt: EpochMs;
  cause: Cause;
  causeOrder?: string;
  decidedUnder: DecidedUnder;
  /** Stands in the due index from here on while no enrolment decision has been taken; enrol removes it. */
  dueAt?: EpochMs;
}>;
