import type { TimelineItem } from '../../../functions/admin/customers/timeline-item.ts';
import type { Explanation } from '../system/customers.ts';
import { columns } from './columns.ts';
import { counted, daysFrom, dayText, minuteText } from './moments.ts';
import { moneyText } from './money-text.ts';
import type { Paint } from './paint.ts';
import { reasonWords } from './reason-words.ts';
import { safeText } from './safe-text.ts';

export type Shop = Readonly<{ currency: string; timeZone: string }>;
type Told = Readonly<{ explanation: Explanation; timeline: readonly TimelineItem[]; shop: Shop; paint: Paint }>;

const millis = (iso: string): number => Date.parse(iso);

const heading = ({ explanation: e, shop, paint }: Told): string => {
  const who = e.profile?.email ?? e.id;
  const name = [e.profile?.firstName, e.profile?.lastName].filter((part) => part !== undefined).join(' ');
  const stay = daysFrom(millis(e.since), millis(e.now));
  return `${paint.bold(safeText(who))}${name === '' ? '' : ` (${safeText(name)})`} is ${paint.bold(e.stage)} since ${dayText(e.since, shop.timeZone)}, ${stay === 0 ? 'today' : counted(stay, 'day')}`;
};

const causeWords: Readonly<Record<Explanation['cause'], string>> = {
  order: 'an order brought them here',
  event: 'something they did brought them here',
  import: 'their imported history puts them here',
  correction: 'a correction of their orders put them here',
  time: 'time alone brought them here',
  rebase: 'a new definition or fit put them here',
};

const percent = (share: number): string => `${Math.floor(share * 1_000) / 10}%`;

const number = (facts: Explanation['facts'], name: string): number | undefined => {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
};

const text = (facts: Explanation['facts'], name: string): string | undefined => {
  const value = facts[name];
  return typeof value === 'string' ? value : undefined;
};

/** The facts people ask about, with their values; a fact that is not known is not named. */
const factRows = ({ explanation: { facts }, shop }: Told): readonly (readonly string[])[] => {
  const rows: (readonly string[])[] = [];
  const orders = number(facts, 'orders');
  const lastYear = number(facts, 'orders.last12Months');
  if (orders !== undefined)
    rows.push([
      'orders',
      `${orders}${lastYear === undefined || lastYear === orders ? '' : `, ${lastYear} of them in the last 12 months`}`,
    ]);
  const last = text(facts, 'lastOrder.at');
  const quiet = number(facts, 'silence.days');
  if (last !== undefined)
    rows.push([
      'last order',
      `${dayText(last, shop.timeZone)}${quiet === undefined ? '' : quiet < 1 ? ', today' : `, ${counted(Math.floor(quiet), 'day')} ago`}`,
    ]);
  const silence = number(facts, 'silence');
  if (silence !== undefined)
    rows.push([
      'silence',
      `${percent(silence)}: so many of the comparable customers who do come back within a year were back by now`,
    ]);
  const ended = number(facts, 'lastOrder.endedSilence');
  if (ended !== undefined) rows.push(['silence it ended', percent(ended)]);
  const cycles = number(facts, 'silence.cycles');
  if (cycles !== undefined) rows.push(['own cycle', `${cycles.toFixed(1)} times their usual time between orders`]);
  const revenue = number(facts, 'revenue');
  if (revenue !== undefined)
    rows.push([
      'net revenue',
      new Intl.NumberFormat('en-GB', { style: 'currency', currency: shop.currency }).format(revenue),
    ]);
  return rows;
};

const why = (told: Told): readonly string[] => {
  const { explanation: e, paint } = told;
  const rule = e.rule === 'otherwise' ? 'no other stage holds' : `${e.rule} holds, and no stage above it does`;
  const from = e.from === undefined ? '' : `, from ${e.from}`;
  return [paint.bold('Why'), `  ${e.stage}: ${rule}; ${causeWords[e.cause]}${from}`, ...columns(factRows(told))];
};

const next = ({ explanation: e, shop, paint }: Told): readonly string[] => {
  if (e.next === null) return [paint.bold('Next'), '  Time alone moves them no further.'];
  const last = text(e.facts, 'lastOrder.at');
  const after =
    last === undefined ? '' : `, ${counted(daysFrom(millis(last), millis(e.next.at)), 'day')} after the last order`;
  return [
    paint.bold('Next, if nothing else happens'),
    `  ${e.next.stage} on ${minuteText(e.next.at, shop.timeZone)}${after}: ${e.next.rule}`,
  ];
};

const mailable = ({ explanation: { consent, contact }, shop }: Told): string => {
  const day = (iso: string) => dayText(iso, shop.timeZone);
  if (contact.suppressedAt !== undefined)
    return `No: the address is suppressed since ${day(contact.suppressedAt)} (${contact.suppressedBy ?? 'unknown'}).`;
  if (contact.complainedAt !== undefined) return `No: they complained on ${day(contact.complainedAt)}.`;
  const opted = contact.optedOutAt;
  if (opted !== undefined && (consent === null || consent.state !== 'granted' || millis(opted) >= millis(consent.at))) {
    return `No: they unsubscribed on ${day(opted)}.`;
  }
  if (consent === null) return "No statement was ever made; the store's policy for buyers without opt-in decides.";
  const verb = consent.state === 'granted' ? 'Yes: consent was given' : 'No: consent was withdrawn';
  return `${verb} on ${day(consent.at)} (${consent.basis}).`;
};

type SendItem = Extract<TimelineItem, { type: 'send' }>;

const fate = (send: SendItem, shop: Shop): string => {
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

const mails = ({ timeline, shop, paint }: Told): readonly string[] => {
  const sends = timeline.filter((item) => item.type === 'send');
  if (sends.length === 0) return [paint.bold('Mails'), '  None, neither sent nor withheld.'];
  return [
    paint.bold('Mails'),
    ...columns(
      sends.map((send) => [dayText(send.at, shop.timeZone), `${send.campaign}/${send.step}`, fate(send, shop)]),
    ),
  ];
};

const orders = ({ timeline, shop, paint }: Told): readonly string[] => {
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

/** Where a customer stands and why, what comes next, and every mail that went or did not. */
export const explanationText = (told: Told): readonly string[] => [
  heading(told),
  '',
  ...why(told),
  '',
  ...next(told),
  '',
  told.paint.bold('May be mailed'),
  `  ${mailable(told)}`,
  '',
  ...mails(told),
  ...orders(told),
];
