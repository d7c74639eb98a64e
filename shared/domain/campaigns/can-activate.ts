import type { StoreSettings } from '../store.ts';
import type { Campaign } from './campaign.ts';

export type Activation = Readonly<{ type: 'ready' } | { type: 'missing'; fields: readonly string[] }>;

/** A campaign may be switched on once a mail of it would be lawful and true: a sender, a postal address, and the codes it promises. */
export const canActivate = (campaign: Campaign, store: StoreSettings): Activation => {
  const fields = [
    ...(store.from === undefined ? ['from'] : []),
    ...(store.postalAddress === undefined ? ['postalAddress'] : []),
    ...missingRewards(campaign, store).map((reward) => `rewardCodes.${reward}`),
  ];
  return fields.length === 0 ? { type: 'ready' } : { type: 'missing', fields };
};

const missingRewards = (campaign: Campaign, store: StoreSettings): readonly string[] =>
  campaign.steps.flatMap(({ reward }) =>
    reward === undefined || store.rewardCodes[reward] !== undefined ? [] : [reward],
  );
