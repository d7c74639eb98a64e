import type { Paint } from '../../../cli/text/paint.ts';
import type { NextMove, StageStanding } from '../summary/standing.ts';
import type { Story } from '../summary/story.ts';
import type { CampaignOutcome } from '../summary/went-out.ts';
import { count, counted, reasonLabel, stageLabel, stageOrder, wholeMoney } from './words.ts';

const barWidth = 24;

const nextText = ({ stage, fromDays, toDays, thisWeek }: NextMove): string => {
  const after = fromDays === toDays ? count(fromDays) : `${count(fromDays)}-${count(toDays)}`;
  const soon = thisWeek === 0 ? '' : ` → ${counted(thisWeek, 'person', 'people')} this week`;
  return `${stageLabel(stage)} after ${after} days of silence${soon}`;
};

const rank = (stage: string): number => {
  const place = stageOrder.indexOf(stage);
  return place < 0 ? stageOrder.length : place;
};

/** Everybody, by stage: how many, what they brought within a year, what happens next if nobody does anything. */
export const standingTable = (
  standing: readonly StageStanding[],
  currency: string,
  paint: Paint,
): readonly string[] => {
  const most = standing.reduce((max, { people }) => Math.max(max, people), 1);
  const rows = [...standing]
    .sort((a, b) => rank(a.stage) - rank(b.stage))
    .map(({ stage, people, netYearMinor, next }) => {
      const bar = '█'.repeat(Math.ceil((people / most) * barWidth)).padEnd(barWidth);
      const net = netYearMinor === 0 ? '–' : wholeMoney(netYearMinor, currency);
      return `  ${stageLabel(stage).padEnd(10)} ${paint.bold(bar)} ${count(people).padStart(6)} ${net.padStart(12)}   ${next === undefined ? '' : nextText(next)}`.trimEnd();
    });
  const head = `${'WHERE YOUR CUSTOMERS STAND'.padEnd(37)} people   net a year   next move by time alone`;
  return ['', paint.bold(`  ${head}`), ...rows];
};

const orderedText = ({ people, heldOut, orderedMailed, orderedHeldOut }: CampaignOutcome): string => {
  if (people === 0) return '–';
  const mailed = `${count(orderedMailed)} of ${count(people - heldOut)} mailed`;
  return heldOut === 0 ? mailed : `${mailed.padEnd(20)} · ${count(orderedHeldOut)} of ${count(heldOut)} held out`;
};

const withheldText = (withheld: Story['withheld']): string =>
  [...withheld]
    .filter(([reason]) => reason !== 'holdout')
    .sort(([, a], [, b]) => b - a)
    .map(([reason, n]) => `${reasonLabel(reason)} ${count(n)}`)
    .join(' · ');

const promiseLine = ({ promises }: Story, paint: Paint): string => {
  const show = (label: string, n: number): string => `${label}: ${n === 0 ? paint.green('0') : paint.red(count(n))}`;
  const { twice, inQuietHours, afterUnsubscribe } = promises;
  return `  ${show('twice to anyone', twice)}   ${show('in quiet hours', inQuietHours)}   ${show('after unsubscribe', afterUnsubscribe)}`;
};

/** What was mailed, to whom, what they did within the campaign's window, and what was not mailed and why. */
export const wentOutTable = (story: Story, paint: Paint): readonly string[] => {
  const rows = story.campaigns.map((outcome) => {
    const { campaign, people, heldOut, mails } = outcome;
    return `  ${campaign.padEnd(18)} ${count(people).padStart(8)} ${count(heldOut).padStart(10)} ${count(mails).padStart(7)}   ${orderedText(outcome)}`;
  });
  const sum = (of: (outcome: CampaignOutcome) => number): number =>
    story.campaigns.reduce((total, each) => total + of(each), 0);
  const withheld = withheldText(story.withheld);
  return [
    '',
    paint.bold(
      `  ${'WHAT WENT OUT'.padEnd(18)} ${'people'.padStart(8)} ${'held out'.padStart(10)} ${'mails'.padStart(7)}   orders in the window`,
    ),
    ...rows,
    `  ${'total'.padEnd(18)} ${count(sum(({ people }) => people)).padStart(8)} ${count(sum(({ heldOut }) => heldOut)).padStart(10)} ${count(sum(({ mails }) => mails)).padStart(7)}   ${counted(story.conversions, 'person', 'people')} ordered`,
    ...(withheld === '' ? [] : [`  and what did not: ${withheld}`]),
    ...(story.failed === 0 ? [] : [paint.red(`  failed: ${count(story.failed)}`)]),
    promiseLine(story, paint),
  ];
};
