import type { DurationMs, EpochMs } from '../time.ts';
import type { Subject } from './subject.ts';

export type FactValue = number | string | boolean | readonly string[];

/** What a fact is, and so what it may be compared with. `share` is a fraction of 1, written as a percentage; `money` is in major units. */
export const factTypes = [
  'count',
  'number',
  'share',
  'money',
  'days',
  'score',
  'instant',
  'text',
  'flag',
  'list',
  'any',
] as const;
export type FactType = (typeof factTypes)[number];

/** A silence: how long, and among customers with how many occasions it is judged. */
export type Gap = Readonly<{ ms: DurationMs; orders: number }>;

/**
 * What a fact does while nothing happens but time.
 *
 * - `constant`: `value` does not look at the instant.
 * - `age`: grows by the clock from an anchor; `unitMs` turns milliseconds into the fact's unit.
 * - `silence`: grows along the fit's curve, compared in whole days; `ended-silence` is one that is over.
 * - `steps-down`: falls at known instants; `nextStep` is the first of them after one, Infinity when there is none.
 * - `falls`: never rises; its value changes only at whole days from the anchor, so that a flip can be found by bisection.
 */
export type Movement =
  | Readonly<{ moves: 'constant' }>
  | Readonly<{
      moves: 'age';
      anchor: (subject: Subject) => EpochMs | undefined;
      unitMs: (subject: Subject) => DurationMs;
    }>
  | Readonly<{ moves: 'silence'; gap: (subject: Subject, at: EpochMs) => Gap | undefined }>
  | Readonly<{ moves: 'ended-silence'; gap: (subject: Subject) => Gap | undefined }>
  | Readonly<{ moves: 'steps-down'; nextStep: (subject: Subject, after: EpochMs) => EpochMs }>
  | Readonly<{ moves: 'falls'; anchor: (subject: Subject) => EpochMs | undefined }>;

/** A fact of a customer: absent where it is not known, and never zero for that reason. */
export type Fact = Readonly<{
  type: FactType;
  /** One line for people who write conditions. */
  about: string;
  value: (subject: Subject, at: EpochMs) => FactValue | undefined;
}> &
  Movement;

/** Facts by name. */
export type Facts = Readonly<Record<string, Fact>>;

export const constant = (type: FactType, about: string, value: (subject: Subject) => FactValue | undefined): Fact => ({
  type,
  about,
  moves: 'constant',
  value,
});
