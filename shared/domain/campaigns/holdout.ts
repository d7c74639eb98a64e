import type { CustomerId } from '../customers/customer.ts';
import { hashOf, uniformOf } from '../hash.ts';
import type { StoreId } from '../store.ts';
import type { Campaign } from './campaign.ts';

/** Share of every store's customers that no campaign mails, always on: what would have happened anyway. */
export const globalHoldout = 0.05;

/**
 * The arm a customer is in, by hash of the experiment key alone: no coin is stored, a merge or a second look cannot re-roll it.
 * A campaign's share includes the global one, so it draws (share - .05) / (1 - .05) of the rest.
 */
export const armOf = (
  store: StoreId,
  campaign: Pick<Campaign, 'id' | 'holdout'>,
  experimentKey: CustomerId,
): 'mailed' | 'held-out' => {
  if (uniformOf(['holdout', store, experimentKey]) < globalHoldout) return 'held-out';
  const share = (campaign.holdout - globalHoldout) / (1 - globalHoldout);
  if (share <= 0) return 'mailed';
  return uniformOf([campaignSeed(store, campaign), experimentKey]) < share ? 'held-out' : 'mailed';
};

/** A changed share is a new experiment with a new seed. */
const campaignSeed = (store: StoreId, campaign: Pick<Campaign, 'id' | 'holdout'>): string =>
  hashOf(['campaign-seed', store, campaign.id, String(campaign.holdout)]);
