import type { SendStep } from '../campaigns/campaign.ts';
import type { Profile } from '../customers/profile.ts';
import { type MailHours, nextMailInterval, timedHours, waking, within } from '../guardrails/mail-hours.ts';
import { zonesOf } from '../guardrails/time-zones.ts';
import { uniformOf } from '../hash.ts';
import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** What was created together competes together: no marketing mail is due before this long after its creation. */
export const competitionMs = 60_000;

/**
 * The local hours a mail keeps to, those it would rather have first: what time alone started stays within 10:00-20:00, and within
 * the waking hours where a country's zones lie so far apart that 10:00-20:00 is never in all of them (Russia's: ten hours).
 */
export const hoursFor = (store: Pick<StoreSettings, 'quietHours'>, byOwnAct: boolean): readonly MailHours[] => {
  const awake = waking(store.quietHours);
  return byOwnAct ? [awake] : [within(timedHours, awake), awake];
};

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

/** The moment a step's mail is about: after its delay, counted from delivery where that is known and the step says so. */
export const momentOf = ({
  step,
  triggeredAt,
  deliveredAt,
}: Pick<PlanInput, 'step' | 'triggeredAt' | 'deliveredAt'>): EpochMs =>
  step.afterDeliveryMs !== undefined && deliveredAt !== undefined
    ? deliveredAt + step.afterDeliveryMs
    : triggeredAt + step.delayMs;

/**
 * When a step's mail should go: at its moment, in the customer's mail hours, and not before it can. What falls outside them moves to the next ones, spread over them by a hash of the send id.
 */
export const planSend = ({ byOwnAct, profile, store, sendId, now, ...moment }: PlanInput): EpochMs => {
  const earliest = Math.max(momentOf(moment), now + competitionMs);
  const { from, to } = nextMailInterval(hoursFor(store, byOwnAct), zonesOf(profile, store.timeZone), earliest);
  return from <= earliest ? earliest : from + Math.floor(uniformOf(['spread', sendId]) * (to - from));
};
