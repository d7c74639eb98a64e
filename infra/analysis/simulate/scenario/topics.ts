import type { CampaignId } from '../../../../shared/domain/campaigns/campaign.ts';

/** What people may leave out, one by one. */
export const topics = ['news', 'offers'] as const;

/** What a campaign of the simulated shop is about. */
export const topicOf = (campaign: CampaignId): (typeof topics)[number] =>
  ['rescue', 'win-back', 'upsell'].includes(campaign) ? 'offers' : 'news';
