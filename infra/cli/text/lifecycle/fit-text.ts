import type { FitOutcome } from '../../../../functions/fit/make-fit.ts';
import { bands, daysOfShares } from '../../../../shared/domain/fit/days-of-share.ts';
import type { Fit } from '../../../../shared/domain/fit/fit.ts';
import { columns } from '../columns.ts';
import { counted } from '../moments.ts';
import type { Paint } from '../paint.ts';
import { bandCells, shareText } from './days-text.ts';

const number = (n: number): string => n.toLocaleString('en-GB', { maximumSignificantDigits: 4 });

const adoptedBecause: Readonly<Record<Extract<FitOutcome, { type: 'adopted' }>['why'], string>> = {
  'first-of-month': 'it is the 1st',
  'many-move': 'more than 2 % would move',
  asked: 'as asked',
};

const movesText = ({ moves, asked }: FitOutcome): string =>
  `${moves.toLocaleString('en-GB')} of ${counted(asked, 'customer')} would stand elsewhere`;

const becameText = (outcome: FitOutcome, paint: Paint): string => {
  const version = `fit v${outcome.made.fit.version}`;
  switch (outcome.type) {
    case 'adopted':
      return `${paint.green('✓')} ${version} taken over, ${adoptedBecause[outcome.why]}: ${movesText(outcome)}`;
    case 'proposed':
      return outcome.why === 'never'
        ? `${paint.yellow('…')} ${version} proposed: the lifecycle says \`adopt: never\`; take it over with fit --adopt`
        : `${paint.yellow('…')} ${version} proposed: ${movesText(outcome)}; taken over on the 1st, or now with fit --adopt`;
    case 'unchanged':
      return `${paint.dim('=')} says the same as fit v${outcome.before.version}, which stands: not taken over`;
    case 'overtaken':
      return `${paint.yellow('!')} another fit was made at the same moment; that one counts`;
  }
};

const models = ({ cycle, purchases, spend, returnChance, horizonDays }: Fit): readonly (readonly string[])[] => {
  const rows: (readonly string[])[] = [['cycle', `${number(cycle.days)} days`]];
  if (purchases !== undefined)
    rows.push([
      'orders to come',
      `BG/NBD r ${number(purchases.r)}, alpha ${number(purchases.alpha)}, a ${number(purchases.a)}, b ${number(purchases.b)}`,
    ]);
  if (spend !== undefined)
    rows.push(['order value', `Gamma-Gamma p ${number(spend.p)}, q ${number(spend.q)}, v ${number(spend.v)}`]);
  if (returnChance !== undefined)
    rows.push([
      'return chance',
      `${returnChance.says === 'probability' ? 'a probability' : 'a ranking only'}, within ${number(horizonDays ?? 0)} days`,
    ]);
  return rows;
};

/** A fit as people read it: its thresholds in days before and after, its models, and what became of it. */
export const fitText = (outcome: FitOutcome, paint: Paint): readonly string[] => {
  const { before, made } = outcome;
  const later = daysOfShares(made.fit);
  const days = daysOfShares(before).map((row, n) => [
    `silence ${shareText(row.share)}`,
    ...bandCells(row.days, later[n]?.days ?? row.days),
  ]);
  return [
    paint.bold(`From ${counted(made.customers, 'customer')} with orders: thresholds in days`),
    ...columns([['', ...bands], ...days]),
    ...columns(models(made.fit)),
    ...(made.flags.length === 0 ? [] : [`  the data could not tell: ${made.flags.join(', ')}`]),
    '',
    becameText(outcome, paint),
    ...(outcome.type === 'adopted' && outcome.rebase !== undefined
      ? ['  a threshold moved by more than a quarter, so everybody is looked at again: rebase --follow']
      : []),
  ];
};
