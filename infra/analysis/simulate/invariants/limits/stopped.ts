import { confirmationCampaign } from '../../../../../shared/domain/sends/confirmation-send.ts';
import type { StoreSettings } from '../../../../../shared/domain/store.ts';
import { minutes, toIso } from '../../../../../shared/domain/time.ts';
import type { Finished } from '../../run-scenario.ts';
import { behindMs, type History, heldAt } from './reservations.ts';

/** While the switch is on nothing leaves; a container that cannot read it goes by its last answer for a minute more. */
export const killSwitch = ({ scenario, system, faults }: Finished): readonly string[] => {
  const unread = faults.filter(({ place }) => place.startsWith('send parameters.isPaused')).length;
  const turns = scenario.items.flatMap((item) =>
    item.type === 'switch' ? [{ at: item.at, isOn: item.isPaused }] : [],
  );
  return system.mails.flatMap(({ at, mail }) => {
    if (at >= scenario.endAt) return [];
    const last = turns.findLastIndex((turn) => turn.at <= at);
    // Turned on twice it is on since the first time.
    const off = turns.slice(0, last + 1).findLastIndex(({ isOn }) => !isOn);
    const since = turns[off + 1]?.at ?? at;
    const isStopped = last > off && at - since > behindMs + unread * minutes(1);
    return isStopped
      ? [`${mail.tags['campaign']} left at ${toIso(at)}, all mail being stopped since ${toIso(since)}`]
      : [];
  });
};

/** While a store is paused nothing of it leaves, answers included; of a paused campaign neither. */
export const paused = ({ table, system }: Finished): readonly string[] => {
  const store: History<StoreSettings> = table.commits.flatMap(({ at, after }) =>
    after.entity === 'STORE' ? [{ at, value: after.value }] : [],
  );
  return system.mails.flatMap(({ at, mail }) => {
    const held = heldAt(store, at);
    const campaign = mail.tags['campaign'] ?? '';
    if (held.every(({ pausedAt }) => pausedAt !== undefined))
      return [`${campaign} left at ${toIso(at)}, the store being paused`];
    const isOff =
      campaign !== confirmationCampaign.id && held.every(({ activeCampaigns }) => !activeCampaigns.includes(campaign));
    return isOff ? [`${campaign} left at ${toIso(at)}, being paused`] : [];
  });
};
