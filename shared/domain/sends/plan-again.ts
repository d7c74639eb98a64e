import type { Campaign } from '../campaigns/campaign.ts';
import type { Enrolment } from '../campaigns/enrolment.ts';
import type { Customer } from '../customers/customer.ts';
import type { OrderRow } from '../orders/order-row.ts';
import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';
import { postponed } from './advance.ts';
import { planSend } from './plan-send.ts';
import type { Send } from './send.ts';

type Plans = Readonly<{
  customer?: Customer;
  enrolments: readonly Enrolment[];
  orderRows: readonly OrderRow[];
  sends: readonly Send[];
}>;

/** Pending mails whose order's delivery has become known, with the time that follows from it; those already right are left out. */
export const planAgain = (
  store: StoreSettings,
  campaigns: readonly Campaign[],
  plans: Plans,
  now: EpochMs,
): readonly Send[] =>
  plans.sends.flatMap((send) => {
    const plannedAt = plannedByDelivery(store, campaigns, plans, send, now);
    return plannedAt === undefined || plannedAt === send.plannedAt
      ? []
      : [{ ...postponed(send, plannedAt), plannedAt }];
  });

const plannedByDelivery = (
  store: StoreSettings,
  campaigns: readonly Campaign[],
  { customer, enrolments, orderRows }: Plans,
  send: Send,
  now: EpochMs,
): EpochMs | undefined => {
  const step = campaigns.find(({ id }) => id === send.campaign)?.steps.find(({ name }) => name === send.step);
  const enrolment = enrolments.find(
    (known) => known.campaign === send.campaign && known.occurrence === send.occurrence,
  );
  const order = orderRows.find(({ key }) => key === enrolment?.startedBy);
  if (
    send.state.status !== 'pending' ||
    customer === undefined ||
    step?.afterDeliveryMs === undefined ||
    order?.deliveredAt === undefined
  )
    return undefined;
  if (order.deliveredAt + step.afterDeliveryMs <= now && send.plannedAt <= now) return undefined;
  const { byOwnAct, sendId } = send;
  const { profile } = customer;
  return planSend({
    step,
    triggeredAt: order.placedAt,
    deliveredAt: order.deliveredAt,
    byOwnAct,
    profile,
    store,
    sendId,
    now,
  });
};
