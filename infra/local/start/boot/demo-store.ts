import { createHash, randomBytes } from 'node:crypto';
import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { parameterNames } from '../../../../shared/env.ts';
import { siteUrl } from '../../shop/catalogue.ts';
import type { WebhookSecrets } from '../play/sign-delivery.ts';
import { parameterPrefix } from './local-settings.ts';

export const demoStoreId = 'demo';

/** Codes the sample shop's till takes: `HP` for the shop, and a word for each reward the campaigns promise. */
export const rewardCodes = (): Readonly<Record<string, string>> => {
  const rewards = defaultCampaigns.flatMap(({ steps }) => steps.flatMap(({ reward }) => reward ?? []));
  return Object.fromEntries(rewards.map((reward) => [reward, `HP-${reward.toUpperCase()}-10`]));
};

/** The store of a local run: everything a campaign needs is set, and all of them are on. */
export const demoStore = (
  given: Readonly<{ createdAt: EpochMs; currency?: string; timeZone?: string }>,
): StoreSettings => ({
  id: demoStoreId,
  name: 'Harbour & Pine',
  currency: given.currency ?? 'GBP',
  timeZone: given.timeZone ?? 'Europe/London',
  from: 'Harbour & Pine <hello@harbourandpine.example>',
  replyTo: 'hello@harbourandpine.example',
  postalAddress: 'Harbour & Pine Ltd, 1 Quay Street, Whitby YO21 1AB, United Kingdom',
  siteUrl,
  horizonDays: 90,
  rhythm: 'normal',
  buyersWithoutOptIn: 'never',
  pendingCounts: false,
  exclude: {},
  rewardCodes: rewardCodes(),
  activeCampaigns: defaultCampaigns.map(({ id }) => id),
  createdAt: given.createdAt,
});

export type DemoSecrets = WebhookSecrets;

/** Secrets of this run; made anew each time unless the data are kept. */
export const makeSecrets = (): DemoSecrets => ({
  shopify: `shpss_${randomBytes(16).toString('hex')}`,
  standard: `whsec_${randomBytes(24).toString('base64')}`,
});

/** The key that hashes addresses; from the seed where a story is to come out the same again. */
export const makeDeploymentKey = (seed: number | undefined): string =>
  seed === undefined
    ? randomBytes(32).toString('base64')
    : createHash('sha256').update(`perennial local run ${seed}`).digest('base64');

/** The parameters an operator would have made, by name. */
export const secretParameters = (secrets: DemoSecrets, deploymentKey: string): Record<string, string> => ({
  [parameterNames.deploymentKey(parameterPrefix)]: deploymentKey,
  [parameterNames.storeSecrets(parameterPrefix, demoStoreId)]: JSON.stringify({
    shopify: [secrets.shopify],
    standard: [secrets.standard],
  }),
});
