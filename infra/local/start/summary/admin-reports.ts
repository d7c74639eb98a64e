import * as z from 'zod';
import type { HttpCaller } from '../play/http-caller.ts';

const stagesSchema = z.object({ stages: z.array(z.object({ id: z.string(), customers: z.number() })) });
const campaignsSchema = z.object({
  campaigns: z.array(
    z.object({
      id: z.string(),
      sent: z.number(),
      withheld: z.record(z.string(), z.number()),
      failed: z.record(z.string(), z.number()),
      abandoned: z.number(),
    }),
  ),
});

export type AdminReports = Readonly<{
  people: ReadonlyMap<string, number>;
  sent: ReadonlyMap<string, number>;
  /** Over all campaigns, by reason. */
  withheld: ReadonlyMap<string, number>;
  failed: number;
}>;

/** Asks the admin API what anybody with a token may know. */
export const readReports = async (
  http: HttpCaller,
  at: Readonly<{ api: string; store: string; adminToken: string }>,
): Promise<AdminReports> => {
  const get = async (report: string): Promise<unknown> => {
    const url = `${at.api}/v1/reports/${report}?store=${at.store}`;
    const { status, body } = await http.call({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${at.adminToken}` },
    });
    if (status !== 200) throw new Error(`cannot read reports: '${report}' must answer 200, got ${status}`);
    return JSON.parse(body);
  };
  const { stages } = stagesSchema.parse(await get('stages'));
  const { campaigns } = campaignsSchema.parse(await get('campaigns'));
  const withheld = new Map<string, number>();
  for (const { withheld: counts } of campaigns)
    for (const [reason, n] of Object.entries(counts)) withheld.set(reason, (withheld.get(reason) ?? 0) + n);
  return {
    people: new Map(stages.map(({ id, customers }) => [id, customers])),
    sent: new Map(campaigns.map(({ id, sent }) => [id, sent])),
    withheld,
    failed: campaigns
      .flatMap(({ failed, abandoned }) => [...Object.values(failed), abandoned])
      .reduce((a, b) => a + b, 0),
  };
};
