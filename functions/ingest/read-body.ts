import { type ParsedJson, parseExact } from '../../shared/domain/intake/parse-exact.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a body; bytes that are no UTF-8 are malformed, not repaired. */
export const readBody = (bytes: Uint8Array): ParsedJson => {
  try {
    return parseExact(utf8.decode(bytes));
  } catch {
    return { type: 'malformed', reason: 'must be UTF-8' };
  }
};
