import type { Explanation } from '../system/customers.ts';
import { counted, dayText } from './moments.ts';
import type { Told } from './told.ts';

const percent = (share: number): string => `${Math.floor(share * 1_000) / 10}%`;

const number = (facts: Explanation['facts'], name: string): number | undefined => {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
};

export const textFact = (facts: Explanation['facts'], name: string): string | undefined => {
  const value = facts[name];
  return typeof value === 'string' ? value : undefined;
};

const horizonText = (horizonDays: number): string =>
  horizonDays === 365 ? 'a year' : counted(Math.round(horizonDays), 'day');

/** The facts people ask about, with their values; a fact that is not known is not named. */
export const factRows = ({
  explanation: { facts, silenceHorizonDays },
  shop,
}: Told): readonly (readonly string[])[] => {
  const rows: (readonly string[])[] = [];
  const orders = number(facts, 'orders');
  const lastYear = number(facts, 'orders.last12Months');
  if (orders !== undefined)
    rows.push([
      'orders',
      `${orders}${lastYear === undefined || lastYear === orders ? '' : `, ${lastYear} of them in the last 12 months`}`,
    ]);
  const last = textFact(facts, 'lastOrder.at');
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
      `${percent(silence)}: so many of the comparable customers who do come back within ${horizonText(silenceHorizonDays)} were back by now`,
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
