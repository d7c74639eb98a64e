import type { TimelineItem } from '../../../functions/admin/customers/timeline-item.ts';
import { columns } from './columns.ts';
import { dayText, minuteText } from './moments.ts';
import { moneyText } from './money-text.ts';
import { reasonWords } from './reason-words.ts';
import { safeText } from './safe-text.ts';
import type { Told } from './told.ts';

type SendItem = Extract<TimelineItem, { type: 'send' }>;

const fate = (send: SendItem, shop: Told['shop']): string => {
  if (send.status === 'skipped') return `withheld ${reasonWords(send.reason ?? '')}`;
  if (send.status === 'pending') return `planned for ${minuteText(send.plannedAt, shop.timeZone)}`;
  if (send.status === 'failed') return `refused by the mail provider: ${send.reason ?? 'no reason given'}`;
  if (send.status !== 'sent') return send.status;
  const { bouncedAt, complainedAt, clickedAt, deliveredAt } = send.feedback ?? {};
  if (complainedAt !== undefined) return 'sent, and complained about';
  if (bouncedAt !== undefined) return 'sent, and bounced';
  if (clickedAt !== undefined) return 'sent, delivered, clicked';
  return deliveredAt === undefined ? 'sent' : 'sent, delivered';
};

/** Every mail that went or did not, newest first. */
export const mailLines = ({ timeline, shop, paint }: Told): readonly string[] => {
  const sends = timeline.filter((item) => item.type === 'send');
  if (sends.length === 0) return [paint.bold('Mails'), '  None, neither sent nor withheld.'];
  return [
    paint.bold('Mails'),
    ...columns(
      sends.map((send) => [dayText(send.at, shop.timeZone), `${send.campaign}/${send.step}`, fate(send, shop)]),
    ),
  ];
};

/** The newest orders. */
export const orderLines = ({ timeline, shop, paint }: Told): readonly string[] => {
  const shown = timeline.filter((item) => item.type === 'order');
  if (shown.length === 0) return [];
  const money = (minor: number | undefined) =>
    minor === undefined ? 'another currency' : moneyText(minor, shop.currency);
  const rows = shown.slice(0, 10).map((order) => {
    const refunded = order.refundedMinor > 0 ? `, ${money(order.refundedMinor)} refunded` : '';
    return [
      dayText(order.at, shop.timeZone),
      safeText(order.order),
      `${money(order.totalMinor)}  ${order.status}${refunded}`,
    ];
  });
  const more = shown.length > 10 ? [`  and ${shown.length - 10} more`] : [];
  return ['', paint.bold('Orders'), ...columns(rows), ...more];
};
