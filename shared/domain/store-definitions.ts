import type { Campaign } from './campaigns/campaign.ts';
import { defaultCampaigns } from './campaigns/default-campaigns.ts';
import type { DecidedUnder } from './customers/customer.ts';
import type { Fit } from './fit/fit.ts';
import type { Lifecycle } from './lifecycle/lifecycle.ts';
import type { StoreSettings } from './store.ts';

/** The definitions a store's decisions are taken under. */
export type StoreDefinitions = Readonly<{ lifecycle: Lifecycle; fit: Fit; campaigns: readonly Campaign[] }>;

/** The campaigns a store has switched on. */
export const activeCampaignsOf = (store: StoreSettings): readonly Campaign[] =>
  defaultCampaigns.filter(({ id }) => store.activeCampaigns.includes(id));

/** The versions of definitions. */
export const versionsOf = ({ lifecycle, fit }: Pick<StoreDefinitions, 'lifecycle' | 'fit'>): DecidedUnder => ({
  lifecycle: lifecycle.version,
  fit: fit.version,
});
