import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import { armOf } from '../../../../shared/domain/campaigns/holdout.ts';
import { activeCampaignsOf } from '../../../../shared/domain/store-definitions.ts';
import type { Finished } from '../run-scenario.ts';
import { customersIn, marketingMails } from './rows.ts';

/** The arm follows from the experiment key alone; nobody of the other arm is mailed. */
export const heldOut = (run: Finished): readonly string[] => {
  const {
    table,
    scenario: { store },
  } = run;
  const keys = new Map(customersIn(table).map(({ customerId, experimentKey }) => [customerId, experimentKey]));
  const campaigns = new Map(
    activeCampaignsOf({ ...store, activeCampaigns: defaultCampaigns.map(({ id }) => id) }).map((one) => [one.id, one]),
  );
  return marketingMails(run).flatMap(({ mail }) => {
    const campaign = campaigns.get(mail.tags['campaign'] ?? '');
    const key = keys.get(mail.tags['customer'] ?? '');
    if (campaign === undefined || key === undefined) return [`${mail.sendId} belongs to no known campaign or customer`];
    return armOf(store.id, campaign, key) === 'held-out' ? [`${campaign.id} was mailed to a held-out customer`] : [];
  });
};
