import type { Cause } from '../lifecycle/cause.ts';
import type { EpochMs } from '../time.ts';
import type { DecidedUnder, StageId } from './customer.ts';

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
