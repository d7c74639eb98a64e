import { canActivate } from '../../../shared/domain/campaigns/can-activate.ts';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { didYouMean } from '../../../shared/domain/did-you-mean.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { Refusal, UsageError } from '../refusal.ts';
import { columns } from '../text/columns.ts';

const known = defaultCampaigns.map(({ id }) => id);

const remedies: Readonly<Record<string, readonly [option: string, what: string]>> = {
  from: ['--from "NAME <ADDRESS>"', 'the sender'],
  postalAddress: ['--postal-address "TEXT"', 'the postal address every marketing mail must carry'],
};

const remedyOf = (field: string): readonly string[] =>
  remedies[field] ?? [`--reward ${field.replace('rewardCodes.', '')}=CODE`, 'a code the shop honours'];

const faultOf = (id: string): string | undefined => {
  if (known.includes(id)) return undefined;
  const meant = didYouMean(id, known);
  return `there is no campaign ${id}${meant === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${meant}?`}`;
};

const assertKnown = (ids: readonly string[]): void => {
  const faults = ids.map(faultOf).filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new UsageError(faults);
};

/** Every campaign that would be active must be lawful and true under the settings; all that is missing is named at once. */
const assertReady = (settings: StoreSettings): void => {
  const missing = defaultCampaigns
    .filter(({ id }) => settings.activeCampaigns.includes(id))
    .flatMap((campaign) => {
      const activation = canActivate(campaign, settings);
      return activation.type === 'ready' ? [] : [{ id: campaign.id, fields: activation.fields }];
    });
  if (missing.length === 0) return;
  const fields = [...new Set(missing.flatMap((one) => one.fields))];
  throw new Refusal(`cannot activate ${missing.map(({ id }) => id).join(', ')}: something is missing`, [
    'Give in the same command:',
    ...columns(fields.map(remedyOf)),
  ]);
};

/** The settings with campaigns switched on and off. */
export const switchCampaigns = (
  settings: StoreSettings,
  on: readonly string[],
  off: readonly string[],
): StoreSettings => {
  assertKnown([...on, ...off]);
  const both = on.filter((id) => off.includes(id));
  if (both.length > 0) throw new UsageError([`${both.join(', ')} cannot be activated and paused at once`]);
  const active = new Set([...settings.activeCampaigns, ...on]);
  for (const id of off) active.delete(id);
  const next = { ...settings, activeCampaigns: known.filter((id) => active.has(id)) };
  if (on.length > 0) assertReady(next);
  return next;
};
