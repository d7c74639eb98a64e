import { type EpochMs, toIso } from '../../../../shared/domain/time.ts';

/** What happened, line by line; kept only when somebody will read it. */
export type Trace = Readonly<{ lines: readonly string[]; add(at: EpochMs, what: string): void }>;

export const makeTrace = (isKept: boolean): Trace => {
  const lines: string[] = [];
  return { lines, add: (at, what) => void (isKept && lines.push(`${toIso(at)}  ${what}`)) };
};
