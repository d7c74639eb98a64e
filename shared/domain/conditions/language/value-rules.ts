import type { Fact, FactType } from '../../facts/fact.ts';
import { parseInstant } from '../../time.ts';
import type { Scalar } from '../condition.ts';
import { parseDuration } from '../duration.ts';
import { decimalOf } from './decimal.ts';
import type { Token } from './parsing/token.ts';

/** What a fact is compared with: as it is written in a sentence, and as data. */
export const valueForms: Readonly<Record<FactType, Readonly<{ written: string; data: string }>>> = {
  count: { written: 'a whole number, such as `3`', data: 'a whole number, such as 3' },
  number: { written: 'a number, such as `2.5`', data: 'a number, such as 2.5' },
  share: { written: 'a percentage, such as `75%`', data: 'a share from 0 to 1, such as 0.75' },
  money: {
    written: "an amount in the store's currency, such as `49.90`",
    data: "an amount in the store's currency, such as 49.9",
  },
  days: { written: 'days, such as `120`, or a length of time, such as `12w`', data: 'days, such as 120 or "12w"' },
  score: { written: 'a score from 1 to 5', data: 'a score from 1 to 5' },
  instant: { written: 'a date, such as `2026-01-31`', data: 'a date, such as "2026-01-31"' },
  text: { written: 'a word, or words in quotes', data: 'a text' },
  flag: { written: '`true` or `false`', data: 'true or false' },
  list: { written: 'a word, or words in quotes', data: 'a text' },
  any: { written: 'a number, a word, words in quotes, `true` or `false`', data: 'a number, a text, true or false' },
};

/** A length of time, and what it looks like. */
export const durationForm = 'a length of time, such as `30d` (m, h, d or w)';

/** The instant a date in a condition stands for: a day begins at midnight UTC. */
export const dateOf = (text: string): number | undefined =>
  parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text);

/** The value a written word stands for, where it is of the kind the fact is compared with. */
export const readValue = (type: FactType, { kind, text }: Token): Scalar | undefined => {
  switch (type) {
    case 'share':
      return kind === 'percent' ? decimalOf(text.slice(0, -1), -2) : undefined;
    case 'days':
      return kind === 'duration' ? text : numberOf(kind, text);
    case 'instant':
      return kind === 'date' ? text : undefined;
    case 'text':
    case 'list':
      return text;
    case 'flag':
      return truthOf(kind, text);
    case 'any':
      return anyOf(kind, text);
    default:
      return numberOf(kind, text);
  }
};

const numberOf = (kind: Token['kind'], text: string): number | undefined =>
  kind === 'number' ? decimalOf(text) : undefined;
const truthOf = (kind: Token['kind'], text: string): boolean | undefined =>
  kind === 'word' && (text === 'true' || text === 'false') ? text === 'true' : undefined;
const anyOf = (kind: Token['kind'], text: string): Scalar =>
  kind === 'percent' ? decimalOf(text.slice(0, -1), -2) : (numberOf(kind, text) ?? truthOf(kind, text) ?? text);

const jsTypes: Readonly<Record<FactType, readonly string[]>> = {
  count: ['number'],
  number: ['number'],
  share: ['number'],
  money: ['number'],
  days: ['number', 'string'],
  score: ['number'],
  instant: ['string'],
  text: ['string'],
  flag: ['boolean'],
  list: ['string'],
  any: ['number', 'string', 'boolean'],
};

/** Whether a value of the data form is of the kind a fact is compared with; its bounds are `impossible`'s. */
export const fitsType = (type: FactType, value: unknown): value is Scalar => jsTypes[type].includes(typeof value);

const century = 36_525;
const controls = /\p{Cc}/u;

/** What rule a value of the right kind breaks; `undefined` when the fact can have it. */
export const impossible = ({ type, moves }: Fact, value: Scalar): string | undefined => {
  if (typeof value === 'string') return impossibleText(type, value);
  if (typeof value === 'boolean') return undefined;
  if (!Number.isFinite(value) || Math.abs(value) > 1e15) return 'must be at most 1_000_000_000_000_000';
  if (type === 'any' || type === 'number') return undefined;
  if (value < 0) return 'must not be below zero';
  if (type === 'count' && !Number.isInteger(value)) return 'must be a whole number: a count has no fractions';
  if (type === 'score' && !(Number.isInteger(value) && value >= 1 && value <= 5))
    return 'must be one of 1, 2, 3, 4 and 5';
  if (type === 'days' && value > century) return 'must be at most a century (36525 days)';
  return type === 'share' ? impossibleShare(moves, value) : undefined;
};

const impossibleShare = (moves: Fact['moves'], share: number): string | undefined => {
  if (share > 1) return 'must be between 0% and 100%';
  const isSilence = moves === 'silence' || moves === 'ended-silence';
  return isSilence && (share === 0 || share === 1)
    ? 'must be above 0% and below 100%: every silence passes 0% at once and none passes 100%'
    : undefined;
};

const impossibleText = (type: FactType, value: string): string | undefined => {
  if (type === 'instant')
    return dateOf(value) === undefined ? 'must be a day of the calendar, such as 2026-01-31' : undefined;
  if (type === 'days') return impossibleDuration(value);
  if (value === '' || value.length > 200) return 'must be 1 to 200 characters long';
  return controls.test(value) ? 'must have no line breaks or control characters' : undefined;
};

/** What rule a length of time breaks. */
export const impossibleDuration = (value: string): string | undefined => {
  const ms = parseDuration(value);
  if (ms === undefined) return 'must be a length of time, such as 30d (m, h, d or w)';
  return ms > 0 && ms <= century * 86_400_000 ? undefined : 'must be longer than nothing and at most a century';
};
