import type { Explanation } from '../system/customers.ts';
import { columns } from './columns.ts';
import { factRows, textFact } from './fact-rows.ts';
import { mailLines, orderLines } from './mail-and-order-lines.ts';
import { mayBeMailedText } from './may-be-mailed.ts';
import { counted, daysFrom, dayText, minuteText } from './moments.ts';
import { safeText } from './safe-text.ts';
import type { Told } from './told.ts';

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

const why = (told: Told): readonly string[] => {
  const { explanation: e, paint } = told;
  const rule = e.rule === 'otherwise' ? 'no other stage holds' : `${e.rule} holds, and no stage above it does`;
  const from = e.from === undefined ? '' : `, from ${e.from}`;
  return [
    paint.bold('Why'),
    `  ${e.stage}: ${rule}; ${causeWords[e.cause]}${from}`,
    ...rulesTried(told),
    ...columns(factRows(told)),
    ...versions(told),
  ];
};

/** Every line from the top that was tried, down to the one that holds; nobody outside the stages was tried. */
const rulesTried = ({ explanation: { rules, stage }, paint }: Told): readonly string[] => {
  const end = rules.findIndex(({ stage: id, holds }) => holds && id === stage);
  return columns(
    rules.slice(0, end + 1).map(({ stage: id, rule, holds }) => [holds ? paint.green('✓') : paint.dim('✗'), id, rule]),
    '    ',
  );
};

const versions = ({ explanation: { lifecycle, decidedUnder, adopted, stage } }: Told): readonly string[] => {
  const under = `  decided under lifecycle ${lifecycle} v${decidedUnder.lifecycle}, fit v${decidedUnder.fit}`;
  if (adopted.lifecycle === decidedUnder.lifecycle && adopted.fit === decidedUnder.fit) return [under];
  const then = adopted.stage === stage ? 'the same' : adopted.stage;
  return [under, `  the next look, under lifecycle v${adopted.lifecycle} and fit v${adopted.fit}, says: ${then}`];
};

const next = ({ explanation: e, shop, paint }: Told): readonly string[] => {
  if (e.next === null) return [paint.bold('Next'), '  Time alone moves them no further.'];
  const last = textFact(e.facts, 'lastOrder.at');
  const after =
    last === undefined ? '' : `, ${counted(daysFrom(millis(last), millis(e.next.at)), 'day')} after the last order`;
  return [
    paint.bold('Next, if nothing else happens'),
    `  ${e.next.stage} on ${minuteText(e.next.at, shop.timeZone)}${after}: ${e.next.rule}`,
  ];
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
  `  ${mayBeMailedText(told)}`,
  '',
  ...mailLines(told),
  ...orderLines(told),
];
