import { customerPk, customerSk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';
import { type EpochMs, hours, minutes, toIso } from '../../../../shared/domain/time.ts';
import type { Finished } from '../run-scenario.ts';

/** No mail is planned for a stage whose moment for it has long passed, however late somebody was told of it. */
export const notLate = (run: Finished): readonly string[] =>
  run.table.commits.flatMap(({ before, after }) => {
    if (after.entity !== 'SEND' || before !== undefined || after.value.state.status !== 'pending') return [];
    const { campaign, createdAt } = after.value;
    const notAfterMs = defaultCampaigns.find(({ id }) => id === campaign)?.notAfterMs ?? 0;
    const moments = momentsOf(run, after.value);
    const moment = Math.max(...moments);
    return moments.length === 0 || createdAt - moment <= notAfterMs + minutes(1)
      ? []
      : [`${campaign} was planned at ${toIso(createdAt)} for a moment at ${toIso(moment)}`];
  });

/** Whether a reader of the stream stood still at any time. */
export const hasOutage = ({ scenario }: Finished): boolean => scenario.items.some(({ type }) => type === 'outage');

/** Whether somebody came to know of a stage when its first mail was out of date, or about to be. */
export const wasToldLate = (run: Finished, of: StartedBy): boolean => {
  if (!hasOutage(run)) return false;
  const name = `${customerPk(of.store, of.customerId)}|${customerSk.visit(Number(of.occurrence))}`;
  const toldAt = run.table.commits.find((commit) => commit.name === name)?.at ?? 0;
  const notAfterMs = defaultCampaigns.find(({ id }) => id === of.campaign)?.notAfterMs ?? 0;
  return toldAt + hours(2) - Math.min(...momentsOf(run, of), toldAt) > notAfterMs;
};

type StartedBy = Pick<Send, 'store' | 'customerId' | 'campaign' | 'occurrence'>;

/** After its delay, by the stage and by each delivery known of, whichever order it was of; none where no stage started it. */
const momentsOf = (
  { table }: Finished,
  { campaign: id, occurrence, store, customerId }: StartedBy,
): readonly EpochMs[] => {
  const campaign = defaultCampaigns.find((one) => one.id === id);
  const pk = customerPk(store, customerId);
  const visit = table.get('VISIT', { pk, sk: customerSk.visit(Number(occurrence)) });
  const [step] = campaign?.steps ?? [];
  if (campaign?.trigger.type !== 'enters' || visit === undefined || step === undefined) return [];
  const { afterDeliveryMs } = step;
  const deliveries = table
    .partition(pk)
    .flatMap((row) => (row.entity === 'ORDER_ROW' ? (row.value.deliveredAt ?? []) : []));
  return [
    visit.effectiveAt + step.delayMs,
    ...(afterDeliveryMs === undefined ? [] : deliveries.map((at) => at + afterDeliveryMs)),
  ];
};
