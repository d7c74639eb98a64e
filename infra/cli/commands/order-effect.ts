import type { EpochMs } from '../../../shared/domain/time.ts';
import type { AdminApi } from '../system/admin-api.ts';
import { timelineOf } from '../system/customers.ts';
import { minuteText } from '../text/moments.ts';
import { moneyText } from '../text/money-text.ts';
import type { Paint } from '../text/paint.ts';
import type { OneOrder } from './order-delivery.ts';

type SetOff = Readonly<{
  planned: readonly Readonly<{ campaign: string; step: string; plannedAt: string }>[];
  heldOut: readonly string[];
}>;

/** What became of an order: the answer to the webhook, the stage before and after, and the mails it set off. */
export type OrderEffect = SetOff &
  Readonly<{
    order: OneOrder;
    answer: Readonly<{ status: string; reason?: string | undefined; tookMs: number }>;
    customer: string | undefined;
    before: string | undefined;
    after: string | undefined;
  }>;

/** Mails that are now planned, and campaigns the customer was held out of since the order. */
export const setOff = async (api: AdminApi, id: string, since: EpochMs): Promise<SetOff> => {
  const timeline = await timelineOf(api, id);
  return {
    planned: timeline.flatMap((item) =>
      item.type === 'send' && item.status === 'pending'
        ? [{ campaign: item.campaign, step: item.step, plannedAt: item.plannedAt }]
        : [],
    ),
    heldOut: timeline.flatMap((item) =>
      item.type === 'enrolment' && item.arm === 'held-out' && Date.parse(item.at) >= since ? [item.campaign] : [],
    ),
  };
};

export const orderText = (effect: OrderEffect, timeZone: string, paint: Paint): readonly string[] => {
  const { order, answer, before, after, planned, heldOut } = effect;
  const amount = moneyText(order.totalMinor, order.currency);
  const reason = answer.reason === undefined ? '' : ` (${answer.reason})`;
  return [
    `${paint.green('✓')} order ${order.id}, ${amount}, by ${order.email}: ${answer.status}${reason} in ${answer.tookMs} ms`,
    `  stage    ${before ?? 'unknown so far'}  →  ${paint.bold(after ?? 'none')}`,
    ...(order.consents ? ['  consent  given at this checkout, as a newcomer (--no-consent leaves it out)'] : []),
    ...planned.map((mail) => `  planned  ${paint.bold(mail.campaign)} on ${minuteText(mail.plannedAt, timeZone)}`),
    ...heldOut.map((campaign) => `  held out of ${campaign}: some are, to measure what the mails really bring`),
    ...(planned.length + heldOut.length === 0 ? ['  No mail is planned.'] : []),
    '',
    `  Why:   npm run perennial -- explain ${order.email}`,
    '  Later: npm run perennial -- clock +30d',
  ];
};
