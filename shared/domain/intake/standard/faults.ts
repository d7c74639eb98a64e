import type * as z from 'zod';

/** One thing wrong with a body: where, as a JSON path, and which rule it breaks. Never the value, which may be personal. */
export type IntakeFault = Readonly<{ path: string; rule: string }>;

const maxFaults = 20;

/** A JSON path such as `$.data.lines[0].price`. */
export const jsonPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    // A name of the sender's own choosing (a property) could be anything.
    return /^\w{1,100}$/.test(String(key)) ? `${text}.${String(key)}` : `${text}[?]`;
  }, '$');

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  int: 'an integer',
};

const ruleOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type' && !issue.message.startsWith('must '))
    return `must be ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${sizeUnit(issue.origin)}`;
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${sizeUnit(issue.origin)}`;
  if (issue.message.startsWith('must ')) return issue.message;
  return issue.code === 'invalid_union' && issue.path.at(-1) === 'type'
    ? 'must be a known type'
    : 'must have the documented form';
};

const sizeUnit = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';

const memberOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** The faults of a body that does not have the documented form, the first twenty. */
export const schemaFaults = (error: z.ZodError, body: unknown): readonly IntakeFault[] =>
  error.issues.slice(0, maxFaults).map((issue) => {
    const missing = issue.path.length > 1 && issue.path.reduce(memberOf, body) === undefined;
    return { path: jsonPath(issue.path), rule: missing ? 'must be given' : ruleOf(issue) };
  });
