import * as z from 'zod';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { periodOf, periodParameters } from './report-period.ts';
import { sendTotals } from './send-totals.ts';

const counts = z.record(z.string(), z.number().int());

const response = z.object({
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      active: z.boolean(),
      sent: z.number().int(),
      withheld: counts.meta({ description: 'Mails that did not go, by reason' }),
      failed: counts.meta({ description: 'Mails the provider refused, by code' }),
      abandoned: z.number().int().meta({ description: 'Attempts nobody could settle; never repeated' }),
    }),
  ),
});

export const campaignReport = defineRoute({
  method: 'GET',
  path: '/v1/reports/campaigns',
  operationId: 'getCampaignReport',
  summary: 'Mails sent and mails withheld, by campaign and reason, counted on the day each was closed',
  roles: anyRole,
  query: z.strictObject(periodParameters),
  body: noBody,
  response,
  async run(deps, { store, query, now }) {
    const period = periodOf(query, store.createdAt, now);
    if (period.type === 'problem') return period;
    const ids = defaultCampaigns.map(({ id }) => id);
    const totals = await sendTotals(deps.counters, store.id, ids, period.from, period.to);
    return ok({
      campaigns: totals.map((total, n) => ({
        ...total,
        withheld: { ...total.withheld },
        failed: { ...total.failed },
        name: defaultCampaigns[n]?.name ?? total.id,
        active: store.activeCampaigns.includes(total.id),
      })),
    });
  },
});
