/** Words that mean something by themselves; as a value they must be quoted. */
export const keywords: readonly string[] = [
  'and',
  'or',
  'not',
  'in',
  'has',
  'within',
  'older',
  'exists',
  'missing',
  'otherwise',
];

/** The rule of a last stage. */
export const otherwise = 'otherwise';

const word = /^[\p{L}_][\p{L}\p{M}\p{N}_.\-/:@+&]*$/u;

/** Whether a text can stand in a sentence without quotes. */
export const isBareWord = (text: string): boolean =>
  word.test(text) && !keywords.includes(text) && text !== 'true' && text !== 'false';
