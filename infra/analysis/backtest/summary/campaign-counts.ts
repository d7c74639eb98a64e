import type { Campaign, CampaignId } from '../../../../shared/domain/campaigns/campaign.ts';
import type { Reason, Send } from '../../../../shared/domain/sends/send.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';

/** What became of a campaign over the whole replay. */
export type CampaignCounts = Readonly<{
  id: CampaignId;
  /** Both arms. */
  enrolments: number;
  heldOut: number;
  sends: number;
  /** Planned when the replay ended. */
  pending: number;
  withheld: Readonly<Partial<Record<Reason, number>>>;
}>;

type Growing = {
  enrolments: number;
  heldOut: number;
  sends: number;
  pending: number;
  withheld: Partial<Record<Reason, number>>;
};

const count = (counts: Growing, { state }: Send): void => {
  if (state.status === 'sent') counts.sends += 1;
  else if (state.status === 'pending') counts.pending += 1;
  else if (state.status === 'skipped') counts.withheld[state.reason] = (counts.withheld[state.reason] ?? 0) + 1;
};

export const campaignCounter = (campaigns: readonly Campaign[]) => {
  const counts = new Map<CampaignId, Growing>(
    campaigns.map(({ id }) => [id, { enrolments: 0, heldOut: 0, sends: 0, pending: 0, withheld: {} }]),
  );
  return {
    add: ({ enrolments, sends }: CustomerFile): void => {
      for (const { campaign, arm } of enrolments) {
        const known = counts.get(campaign);
        if (known === undefined) continue;
        known.enrolments += 1;
        if (arm === 'held-out') known.heldOut += 1;
      }
      for (const send of sends) {
        const known = counts.get(send.campaign);
        if (known !== undefined) count(known, send);
      }
    },
    counts: (): readonly CampaignCounts[] => [...counts].map(([id, known]) => ({ id, ...known })),
  };
};
