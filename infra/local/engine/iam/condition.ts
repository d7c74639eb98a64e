import { RefusedHere } from '../refusal.ts';
import type { RequestContext } from './access-request.ts';
import { arnGlob, glob, type Matches } from './glob.ts';

export type Holds = (context: RequestContext) => boolean;

interface Comparison {
  compile: (value: string) => Matches;
  negated: boolean;
}

const equal =
  (value: string): Matches =>
  (text) =>
    text === value;
const equalIgnoringCase =
  (value: string): Matches =>
  (text) =>
    text.toLowerCase() === value.toLowerCase();
const is = (compile: Comparison['compile']): Comparison => ({ compile, negated: false });
const isNot = (compile: Comparison['compile']): Comparison => ({ compile, negated: true });

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: is(equal),
  StringNotEquals: isNot(equal),
  StringLike: is((value) => glob(value)),
  StringNotLike: isNot((value) => glob(value)),
  ArnEquals: is(arnGlob),
  ArnLike: is(arnGlob),
  ArnNotEquals: isNot(arnGlob),
  ArnNotLike: isNot(arnGlob),
  Bool: is(equalIgnoringCase),
};

/** Keys that requests here carry, and whether they carry several values at once. */
const keys: Readonly<Record<string, { several: boolean }>> = {
  'aws:principalarn': { several: false },
  'aws:securetransport': { several: false },
  'aws:sourceaccount': { several: false },
  'aws:sourcearn': { several: false },
  'dynamodb:attributes': { several: true },
  'dynamodb:leadingkeys': { several: true },
  'dynamodb:select': { several: false },
};

const operatorForm = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/** Compiles a Condition element; an operator or key that is not known here is refused, never taken as true. */
export const compileCondition = (
  where: string,
  condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): Holds => {
  const all = Object.entries(condition).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, values]) => compileTest(`${where}.${operator}`, operator, key, values)),
  );
  return (context) => all.every((holds) => holds(context));
};

const compileTest = (where: string, operator: string, key: string, values: readonly string[]): Holds => {
  const name = key.toLowerCase();
  const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (known === undefined)
    throw new RefusedHere('enforce a policy', where, `test one of ${Object.keys(keys).join(', ')}`, key);
  if (operator === 'Null') return nullTest(name, values);
  const [, set, base = '', ifExists] = operatorForm.exec(operator) ?? [];
  const comparison = Object.hasOwn(comparisons, base) ? comparisons[base] : undefined;
  if (comparison === undefined)
    throw new RefusedHere(
      'enforce a policy',
      where,
      `be one of ${Object.keys(comparisons).join(', ')}, Null`,
      operator,
    );
  if (known.several && set === undefined)
    throw new RefusedHere('enforce a policy', where, `say ForAllValues or ForAnyValue for ${key}`, operator);
  return test(name, accepts(comparison, values), {
    set,
    ifExists: ifExists !== undefined,
    negated: comparison.negated,
  });
};

const nullTest = (name: string, values: readonly string[]): Holds => {
  const wanted = values.map((value) => value === 'true');
  return (context) => wanted.includes((context[name] ?? []).length === 0);
};

/** One of the request's values against all the policy's: any of them will do; negated, none may match. */
const accepts = ({ compile, negated }: Comparison, values: readonly string[]): Matches => {
  const wanted = values.map(compile);
  return (text) => wanted.some((matches) => matches(text)) !== negated;
};

/** What holds when the request does not carry the key: ForAllValues and IfExists do, ForAnyValue never, else negations only. */
const test = (
  name: string,
  matches: Matches,
  how: { set: string | undefined; ifExists: boolean; negated: boolean },
): Holds => {
  const { set, ifExists, negated } = how;
  const whenAbsent = set === 'ForAllValues' || ifExists || (set === undefined && negated);
  return (context) => {
    const values = context[name] ?? [];
    if (values.length === 0) return whenAbsent;
    return set === 'ForAnyValue' ? values.some(matches) : values.every(matches);
  };
};
