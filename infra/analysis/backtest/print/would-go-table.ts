import type { Paint } from '../../../cli/text/paint.ts';
import { count, counted, dayOf, money, reasonLabel } from '../../../local/start/print/words.ts';
import type { Backtest } from '../run-backtest.ts';
import type { CampaignCounts } from '../summary/campaign-counts.ts';

/** SES Essentials, the first 10 million mails of a month (AWS Price List). */
const sesUsdPerThousand = 0.16;
const sesPriceOn = '22 July 2026';

const sumOf = (campaigns: readonly CampaignCounts[], of: (campaign: CampaignCounts) => number): number =>
  campaigns.reduce((sum, campaign) => sum + of(campaign), 0);

const rowOf = (name: string, enrolments: number, heldOut: number, sends: number, rest: string): string =>
  `  ${name.padEnd(18)} ${count(enrolments).padStart(8)} ${count(heldOut).padStart(10)} ${count(sends).padStart(7)}   ${rest}`.trimEnd();

const reasonsOf = ({ withheld }: Pick<CampaignCounts, 'withheld'>): string =>
  Object.entries(withheld)
    .filter(([reason]) => reason !== 'holdout')
    .sort(([, a], [, b]) => b - a)
    .map(([reason, n]) => `${reasonLabel(reason)} ${count(n)}`)
    .join(' · ');

const busiestDay = ({ byDay }: Pick<Backtest, 'byDay'>, zone: string): readonly string[] => {
  const perDay = byDay.map(({ day, sends }) => ({ day, mails: Object.values(sends).reduce((a, b) => a + b, 0) }));
  const busiest = perDay.reduce((a, b) => (b.mails > a.mails ? b : a), { day: '', mails: 0 });
  if (busiest.mails === 0) return [];
  return [`  busiest day: ${counted(busiest.mails, 'mail')} on ${dayOf(Date.parse(`${busiest.day}T12:00:00Z`), zone)}`];
};

/** What would have been mailed, what not and why, and what SES would have asked for it. */
export const wouldGoTable = (found: Backtest, zone: string, paint: Paint): readonly string[] => {
  const { campaigns } = found;
  const mails = sumOf(campaigns, ({ sends }) => sends);
  const pending = sumOf(campaigns, (campaign) => campaign.pending);
  const head = `  ${'WHAT WOULD GO OUT'.padEnd(18)} ${'enrolled'.padStart(8)} ${'held out'.padStart(10)} ${'mails'.padStart(7)}   withheld`;
  return [
    '',
    paint.bold(head),
    ...campaigns.map((each) => rowOf(each.id, each.enrolments, each.heldOut, each.sends, reasonsOf(each))),
    rowOf(
      'total',
      sumOf(campaigns, (each) => each.enrolments),
      sumOf(campaigns, (each) => each.heldOut),
      mails,
      '',
    ),
    ...(pending === 0 ? [] : [`  still planned at the end: ${counted(pending, 'mail')}`]),
    ...busiestDay(found, zone),
    `  SES would have asked ${money((mails / 1_000) * sesUsdPerThousand, 'USD')} for ${counted(mails, 'mail')}, at ${sesUsdPerThousand} USD a thousand (${sesPriceOn})`,
  ];
};
