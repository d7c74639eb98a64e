import { didYouMean } from '../../did-you-mean.ts';

/** One thing wrong with data: where, as the keys that lead there, and in plain words what was expected. */
export type DataFault = Readonly<{ path: readonly (string | number)[]; message: string }>;

export const faultAt = (path: DataFault['path'], message: string): DataFault => ({ path, message });

/** Faults of a part, seen from the whole. */
export const under = (path: DataFault['path'], faults: readonly DataFault[]): readonly DataFault[] =>
  faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));

/** A record of outside data, by its own keys. */
export const recordOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;

/** What to say of a key that is none. */
export const unknownKey = (key: string, known: readonly string[]): string => {
  const meant = didYouMean(key, known);
  return `no key \`${key}\`; ${meant === undefined ? `expected ${known.join(', ')}` : `did you mean \`${meant}\`?`}`;
};

export const unknownKeys = (record: ReadonlyMap<string, unknown>, known: readonly string[]): readonly DataFault[] =>
  [...record.keys()].filter((key) => !known.includes(key)).map((key) => faultAt([key], unknownKey(key, known)));
