import type { CampaignId } from '../../../shared/domain/campaigns/campaign.ts';
import type { StoreId } from '../../../shared/domain/store.ts';
import type { Counters } from '../../../shared/ports/store-settings.ts';

/** How the sends of one campaign ended; a send still waiting is in none of these. */
export type SendTotals = Readonly<{
  id: CampaignId;
  sent: number;
  withheld: Readonly<Record<string, number>>;
  failed: Readonly<Record<string, number>>;
  abandoned: number;
}>;

const below = (totals: ReadonlyMap<string, number>, prefix: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...totals]
      .filter(([key, n]) => key.startsWith(prefix) && n !== 0)
      .map(([key, n]) => [key.slice(prefix.length), n]),
  );

/** Sums the ledger's daily counters by campaign, `fromDay` and `toDay` inclusive UTC days. */
export const sendTotals = (
  counters: Counters,
  store: StoreId,
  campaigns: readonly CampaignId[],
  fromDay: string,
  toDay: string,
): Promise<readonly SendTotals[]> =>
  Promise.all(
    campaigns.map(async (id) => {
      const totals = new Map<string, number>();
      for (const { counts } of await counters.read(store, `send:${id}`, fromDay, toDay)) {
        for (const [key, n] of Object.entries(counts)) totals.set(key, (totals.get(key) ?? 0) + n);
      }
      return {
        id,
        sent: totals.get('sent') ?? 0,
        withheld: below(totals, 'skipped:'),
        failed: below(totals, 'failed:'),
        abandoned: totals.get('abandoned') ?? 0,
      };
    }),
  );
