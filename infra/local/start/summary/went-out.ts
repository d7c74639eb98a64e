import type { CampaignId } from '../../../../shared/domain/campaigns/campaign.ts';
import type { TableContents } from './read-table.ts';

/** One campaign's people and mails. An order in the window is never said without those it is counted among. */
export type CampaignOutcome = Readonly<{
  campaign: CampaignId;
  /** Enrolments, of both arms. */
  people: number;
  heldOut: number;
  mails: number;
  orderedMailed: number;
  orderedHeldOut: number;
}>;

type Enrolments = TableContents['enrolments'];

const outcomeOf = (campaign: CampaignId, enrolments: Enrolments, mails: number): CampaignOutcome => {
  const heldOut = enrolments.filter(({ arm }) => arm === 'held-out');
  const ordered = (some: Enrolments): number => some.filter(({ convertedAt }) => convertedAt !== undefined).length;
  return {
    campaign,
    people: enrolments.length,
    heldOut: heldOut.length,
    mails,
    orderedMailed: ordered(enrolments) - ordered(heldOut),
    orderedHeldOut: ordered(heldOut),
  };
};

/** What went out, by campaign, most people first. `mailsOf` is what the counters say. */
export const wentOut = (
  campaigns: readonly CampaignId[],
  { enrolments }: TableContents,
  mailsOf: ReadonlyMap<CampaignId, number>,
): readonly CampaignOutcome[] => {
  const byCampaign = Map.groupBy(enrolments, ({ campaign }) => campaign);
  return campaigns
    .map((campaign) => outcomeOf(campaign, byCampaign.get(campaign) ?? [], mailsOf.get(campaign) ?? 0))
    .sort((a, b) => b.people - a.people);
};
