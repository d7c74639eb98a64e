import type { EpochMs } from '../time.ts';
import type { CampaignId } from './campaign.ts';

/** One customer's way through one campaign. */
export type Enrolment = Readonly<{
  campaign: CampaignId;
  version: number;
  /** Visit number, event id or schedule slot: makes the enrolment's identity deterministic. */
  occurrence: string;
  arm: 'mailed' | 'held-out';
  enrolledAt: EpochMs;
  /** End of the goal window. */
  goalUntil: EpochMs;
  /** Key of the order that started it, when one did. */
  startedBy?: string;
  status: 'running' | 'ended';
  endedBy?: 'goal-reached' | 'merged' | 'erased' | 'matured';
  /** First countable order within the goal window, by event time. */
  convertedAt?: EpochMs;
}>;
