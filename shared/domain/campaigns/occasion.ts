import type { ConsentStatement } from '../consent/statement.ts';
import type { StageId } from '../customers/customer.ts';
import type { Visit } from '../customers/visit.ts';
import type { EpochMs } from '../time.ts';

/** Something that may enrol a customer: a visit that began, or an event. `occurrence` names it for ever. */
export type Occasion = Readonly<{ occurrence: string; effectiveAt: EpochMs; decidedAt: EpochMs; order?: string }> &
  Readonly<
    | {
        type: 'visit';
        stage: StageId;
        from?: StageId;
        by: 'order' | 'time' | 'nothing';
        /** The customer has left the stage since by an order or a correction; passing on by time is no leaving. */
        left: boolean;
      }
    | { type: 'event'; name: string }
  >;

/** Imports, corrections and rebases fire nothing. */
const firing = {
  order: 'order',
  event: 'order',
  time: 'time',
  import: 'nothing',
  correction: 'nothing',
  rebase: 'nothing',
} as const;

export const occasionOfVisit = (visit: Visit, laterVisits: readonly Visit[]): Occasion => ({
  type: 'visit',
  occurrence: String(visit.visit),
  stage: visit.stage,
  ...(visit.from === undefined ? {} : { from: visit.from }),
  by: firing[visit.cause],
  left: hasLeft(visit.visit, laterVisits),
  effectiveAt: visit.effectiveAt,
  decidedAt: visit.decidedAt,
  ...(visit.causeOrder === undefined ? {} : { order: visit.causeOrder }),
});

/** Whether any later visit began by more than time alone. */
export const hasLeft = (visit: number, visits: readonly Visit[]): boolean =>
  visits.some((later) => later.visit > visit && later.cause !== 'time' && later.cause !== 'rebase');

/** A dated statement turned effective consent on. */
export const occasionOfConsent = (statement: ConsentStatement): Occasion => ({
  type: 'event',
  name: 'consent.granted',
  occurrence: statement.id,
  effectiveAt: statement.at,
  decidedAt: statement.recordedAt,
});
