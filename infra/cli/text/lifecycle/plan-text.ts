import type * as z from 'zod';
import type { previewView } from '../../../../functions/admin/lifecycle/preview-lifecycle.ts';
import { counted } from '../moments.ts';
import type { Paint } from '../paint.ts';
import { bandsText, shareText } from './days-text.ts';

export type Plan = z.output<typeof previewView>;

/** Moves named one by one; the rest is counted. */
const namedMoves = 4;

const number = (n: number): string => n.toLocaleString('en-GB');

const heading = ({ before, after, changed }: Plan): string => {
  if (!changed) return `lifecycle ${before.name} v${before.version}: no change`;
  return before.name === after.name
    ? `lifecycle ${after.name}  v${before.version} → v${after.version}`
    : `lifecycle ${before.name} v${before.version} → ${after.name} v${after.version}`;
};

const moveList = (moves: Plan['moves']): string => {
  const named = moves.slice(0, namedMoves).map(({ from, to, customers }) => `${number(customers)} ${from} → ${to}`);
  return [...named, ...(moves.length > namedMoves ? ['…'] : [])].join(' · ');
};

/** Where only some were asked, the share of them stands for all. */
const movesText = ({ moves, asked, customers }: Plan): string => {
  const moved = moves.reduce((sum, move) => sum + move.customers, 0);
  const of =
    asked === customers
      ? counted(customers, 'customer')
      : `${number(asked)} asked, of about ${number(customers)} customers,`;
  if (moved === 0) return `none of ${of} would move`;
  return `${number(moved)} of ${of} would move (${moveList(moves)}), no mail fires`;
};

const standings = ({ stages, asked }: Plan): string =>
  asked === 0 ? '' : `afterwards: ${stages.map(({ id, customers }) => `${id} ${number(customers)}`).join(' · ')}`;

const warnings = ({ silentCampaigns, excluded, after }: Plan, paint: Paint): readonly string[] => [
  ...silentCampaigns.map(
    ({ campaign, stages }) =>
      `${paint.yellow('!')} campaign ${campaign} waits for ${stages.join(', ')}, which ${after.name} does not have: it mails nobody`,
  ),
  ...(excluded === 0
    ? []
    : [`  ${counted(excluded, 'customer')} of those asked would stand in no stage: no fit, no mail, counted apart`]),
];

/** What a lifecycle would change, in days and people. */
export const planText = (plan: Plan, paint: Paint): readonly string[] => {
  if (!plan.changed) return [`${paint.dim('=')} ${heading(plan)}`];
  const indented = [
    ...plan.thresholds.map(({ share, before, after }) => `${shareText(share)} in days: ${bandsText(before, after)}`),
    movesText(plan),
    standings(plan),
  ];
  return [
    `${paint.bold('~')} ${paint.bold(heading(plan))}`,
    ...indented.filter((line) => line !== '').map((line) => `    ${line}`),
    ...warnings(plan, paint),
  ];
};
