import * as z from 'zod';
import { keyedHash } from '../../shared/domain/hash.ts';
import { type ProblemAnswer, unprocessable } from './problem-answer.ts';

const cursorSchema = z.tuple([z.string(), z.string()]);

// Signed, so that a position is only ever one that this list itself gave out: a made-up key never reaches the table.
const seal = (key: Uint8Array, scope: readonly string[], position: string): string =>
  keyedHash(key, JSON.stringify(['cursor', ...scope, position]));

/** An opaque place in one list; `scope` says which list: its path, store and filters. */
export const writeCursor = (key: Uint8Array, scope: readonly string[], position: string): string =>
  Buffer.from(JSON.stringify([position, seal(key, scope, position)])).toString('base64url');

const contentOf = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

export const badCursor: ProblemAnswer = unprocessable('the cursor is not one this list gave out', [
  { path: 'query.cursor', rule: 'must be the cursor of the page before, with the same filters' },
]);

/** The position in a cursor of the same list; anything else is refused. */
export const readCursor = (
  key: Uint8Array,
  scope: readonly string[],
  cursor: string,
): Readonly<{ type: 'position'; position: string }> | ProblemAnswer => {
  const parsed = cursorSchema.safeParse(contentOf(cursor));
  if (!parsed.success || cursor !== writeCursor(key, scope, parsed.data[0])) return badCursor;
  return { type: 'position', position: parsed.data[0] };
};
