import { bands } from '../../../../shared/domain/fit/days-of-share.ts';

type Days = readonly [number, number, number];

export const shareText = (share: number): string => `${Number((share * 100).toPrecision(6))} %`;

const changeText = (before: number, after: number): string => (before === after ? `${after}` : `${before} → ${after}`);

/** `one order 120 → 118 · two or three 94 · four or more 52 → 53`. */
export const bandsText = (before: Days, after: Days): string =>
  bands.map((band, n) => `${band} ${changeText(before[n] ?? 0, after[n] ?? 0)}`).join(' · ');

/** `120 → 118`, for a column of its own for each band. */
export const bandCells = (before: Days, after: Days): readonly string[] =>
  bands.map((_, n) => changeText(before[n] ?? 0, after[n] ?? 0));
