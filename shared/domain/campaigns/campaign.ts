import type { Condition } from '../conditions/condition.ts';
import type { StageId } from '../customers/customer.ts';
import type { DurationMs } from '../time.ts';

export type CampaignId = string;

/** What starts an enrolment. */
export type Trigger =
  | Readonly<{ type: 'enters'; stage: StageId; by?: 'order' | 'time'; from?: readonly StageId[] }>
  | Readonly<{ type: 'event'; name: string }>;

/** How often one customer may be enrolled. */
export type Reentry = Readonly<{ type: 'once' } | { type: 'after'; coolDownMs: DurationMs } | { type: 'every-visit' }>;

/** A mail of a campaign. `delayMs` counts from the trigger; `afterDeliveryMs` from the order's delivery where that is known. */
export type SendStep = Readonly<{
  name: string;
  template: string;
  delayMs: DurationMs;
  afterDeliveryMs?: DurationMs;
  reward?: string;
}>;

/** A campaign is data, immutable per version; enrolments stay on theirs. */
export type Campaign = Readonly<{
  id: CampaignId;
  version: number;
  name: string;
  class: 'marketing' | 'transactional';
  /** One of the store's topics: whoever left it out in the preference centre does not get this campaign. */
  topic?: string;
  /** Asks whether to go on: the only mail for those who have not reacted for a year. */
  asksToStay?: boolean;
  trigger: Trigger;
  audience?: Condition;
  steps: readonly SendStep[];
  /** An enrolment converts by a countable order within this time. */
  goalWindowMs: DurationMs;
  /** Lateness after which the trigger no longer enrols, and a planned mail no longer goes. */
  notAfterMs: DurationMs;
  reentry: Reentry;
  /** Higher wins. */
  priority: number;
  /** Share kept without mail, the global 5 % included. */
  holdout: number;
}>;
