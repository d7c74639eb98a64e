import type { Campaign } from './campaigns/campaign.ts';
import { defaultCampaigns } from './campaigns/default-campaigns.ts';
import { type Fit, priorFit } from './fit/fit.ts';
import { ecommerce } from './lifecycle/ecommerce.ts';
import type { Lifecycle } from './lifecycle/lifecycle.ts';
import type { StoreSettings } from './store.ts';

/** The definitions a store's decisions are taken under. */
export type StoreDefinitions = Readonly<{ lifecycle: Lifecycle; fit: Fit; campaigns: readonly Campaign[] }>;

/** Lifecycle, fit and switched-on campaigns of a store. */
export const definitionsOf = (store: StoreSettings): StoreDefinitions => ({
  lifecycle: ecommerce,
  fit: priorFit(store.rhythm),
  campaigns: defaultCampaigns.filter(({ id }) => store.activeCampaigns.includes(id)),
});
