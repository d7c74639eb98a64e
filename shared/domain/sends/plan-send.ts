import type { SendStep } from '../campaigns/campaign.ts';
import type { Profile } from '../customers/profile.ts';
import { type MailHours, nextMailInterval, timedHours, waking, within } from '../guardrails/mail-hours.ts';
import { zonesOf } from '../guardrails/time-zones.ts';
import { uniformOf } from '../hash.ts';
import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** What was created together competes together: no marketing mail is due before this long after its creation. */
export const competitionMs = 60_000;

/** The local hours a mail keeps to: what time alone started stays within 10:00-20:00. */
export const hoursFor = (store: Pick<StoreSettings, 'quietHours'>, byOwnAct: boolean): MailHours =>
  byOwnAct ? waking(store.quietHours) : within(timedHours, waking(store.quietHours));

export type PlanInput = Readonly<{
  step: Pick<SendStep, 'delayMs' | 'afterDeliveryMs'>;
  triggeredAt: EpochMs;
  deliveredAt?: EpochMs | undefined;
  byOwnAct: boolean;
  profile: Profile;
  store: StoreSettings;
  sendId: string;
  now: EpochMs;
}>;

/**
 * When a step's mail should go: after its delay (counted from delivery where that is known and the step says so), in the
 * customer's mail hours. What falls outside them moves to the next ones, spread over them by a hash of the send id.
 */
export const planSend = ({
  step,
  triggeredAt,
  deliveredAt,
  byOwnAct,
  profile,
  store,
  sendId,
  now,
}: PlanInput): EpochMs => {
  const delayed =
    step.afterDeliveryMs !== undefined && deliveredAt !== undefined
      ? deliveredAt + step.afterDeliveryMs
      : triggeredAt + step.delayMs;
  const earliest = Math.max(delayed, now + competitionMs);
  const { from, to } = nextMailInterval(hoursFor(store, byOwnAct), zonesOf(profile, store.timeZone), earliest);
  return from <= earliest ? earliest : from + Math.floor(uniformOf(['spread', sendId]) * (to - from));
};
