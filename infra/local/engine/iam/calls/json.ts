/** A JSON object whose fields are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const empty: Json = {};
export const recordOf = (value: unknown): Json => (isRecord(value) ? value : empty);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
