import { type Aim, isMet, type Row } from '../measure/benchmark.ts';

const aimText = (aim: Aim): string => ('atLeast' in aim ? `>= ${tidy(aim.atLeast)}` : `<= ${tidy(aim.atMost)}`);

/** Three digits that mean something. */
const tidy = (value: number): string =>
  value !== 0 && Math.abs(value) < 100 ? String(Number(value.toPrecision(3))) : Math.round(value).toLocaleString('en');

const verdictOf = (row: Row): string => {
  if (row.aim === undefined) return '';
  return `  aim ${aimText(row.aim)}x: ${isMet(row) ? 'met' : 'MISSED'}`;
};

/** A row for people: what ours takes, what the peer takes, the ratio and whether it is what we aim for. */
export const proseOf = (row: Row): string => {
  const ratio = `${tidy(row.ratio)}x ${row.ratioOf === 'speed' ? 'as fast' : 'the cost'}`;
  const spread = `±${Math.round((row.spread * 100) / 2)} %`;
  return `  ${row.name.padEnd(34)} ours ${tidy(row.ours).padStart(9)}  peer ${tidy(row.peer).padStart(9)} ${row.unit.padEnd(18)} ${ratio.padEnd(16)} ${spread.padEnd(6)}${verdictOf(row)}`;
};

/** A row for machines. */
export const jsonOf = (row: Row) => ({
  name: row.name,
  ours: row.ours,
  peer: row.peer,
  unit: row.unit,
  ratio: row.ratio,
  ratioOf: row.ratioOf,
  aim: row.aim === undefined ? null : aimText(row.aim),
  met: isMet(row) ?? null,
  spread: row.spread,
});
