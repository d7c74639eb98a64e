import { RefusedHere } from '../refusal.ts';

export type Matches = (event: unknown) => boolean;
/** A test of one leaf; `values` are its scalar values, none when the field is absent. */
type LeafTest = (values: readonly unknown[]) => boolean;
type ScalarTest = (value: unknown) => boolean;

const refuse = (rule: string, got: unknown): never => {
  throw new RefusedHere('read an event pattern', 'pattern', rule, got);
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Compiles an EventBridge pattern. Operators it does not know are refused, never ignored. */
export const compilePattern = (pattern: unknown): Matches => {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    return refuse('be an object with at least one field', pattern);
  const fields = Object.entries(pattern).map(([name, rule]) => compileField(name, rule));
  return (event) => fields.every((field) => field(event));
};

const compileField = (name: string, rule: unknown): Matches => {
  if (name === '$or') return compileOr(rule);
  if (Array.isArray(rule)) {
    const leaf = compileLeaf(rule);
    return (parent) => leaf(scalars(child(parent, name)));
  }
  const inner = compilePattern(rule);
  return (parent) => {
    const node = child(parent, name);
    return Array.isArray(node) ? node.some(inner) : inner(node);
  };
};

const compileOr = (rule: unknown): Matches => {
  if (!Array.isArray(rule) || rule.length < 2) return refuse("give '$or' a list of two or more patterns", rule);
  const choices = rule.map(compilePattern);
  return (parent) => choices.some((choice) => choice(parent));
};

const child = (parent: unknown, name: string): unknown =>
  isObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
const scalars = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]).filter(isScalar);

const compileLeaf = (rules: readonly unknown[]): LeafTest => {
  if (rules.length === 0) return refuse('list at least one value', rules);
  const tests = rules.map(compileRule);
  return (values) => tests.some((test) => test(values));
};

const compileRule = (rule: unknown): LeafTest => {
  if (isScalar(rule)) return anyOf((value) => value === rule);
  if (!isObject(rule)) return refuse('hold values or operators', rule);
  const [[name, argument] = ['', undefined], ...others] = Object.entries(rule);
  if (others.length > 0) return refuse('name one operator per object', rule);
  if (name === 'exists') return existence(argument);
  return anyOf(name === 'anything-but' ? not(anythingBut(argument)) : scalarOperator(name, argument));
};

const anyOf =
  (test: ScalarTest): LeafTest =>
  (values) =>
    values.some(test);
const not =
  (test: ScalarTest): ScalarTest =>
  (value) =>
    !test(value);

const existence = (wanted: unknown): LeafTest => {
  if (typeof wanted !== 'boolean') return refuse("give 'exists' true or false", wanted);
  return (values) => values.length > 0 === wanted;
};

const anythingBut = (argument: unknown): ScalarTest => {
  if (isObject(argument)) {
    const [[name, inner] = ['', undefined]] = Object.entries(argument);
    const tests = (Array.isArray(inner) ? inner : [inner]).map((value) => scalarOperator(name, value));
    return (value) => tests.some((test) => test(value));
  }
  const excluded: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (!excluded.every((value) => typeof value === 'string' || typeof value === 'number'))
    refuse("give 'anything-but' strings or numbers", argument);
  return (value) => excluded.includes(value);
};

const scalarOperator = (name: string, argument: unknown): ScalarTest => {
  if (name === 'numeric') return numeric(argument);
  if (name === 'prefix' && isObject(argument)) return foldedPrefix(argument['equals-ignore-case'], argument);
  if (typeof argument !== 'string') return refuse(`give '${name}' a string`, argument);
  if (name === 'prefix') return (value) => typeof value === 'string' && value.startsWith(argument);
  if (name === 'suffix') return (value) => typeof value === 'string' && value.endsWith(argument);
  if (name === 'equals-ignore-case')
    return (value) => typeof value === 'string' && value.toLowerCase() === argument.toLowerCase();
  return refuse('use operators known here (prefix, suffix, equals-ignore-case, anything-but, numeric, exists)', name);
};

const foldedPrefix = (prefix: unknown, got: unknown): ScalarTest => {
  if (typeof prefix !== 'string') return refuse("give 'prefix' a string", got);
  return (value) => typeof value === 'string' && value.toLowerCase().startsWith(prefix.toLowerCase());
};

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const numeric = (argument: unknown): ScalarTest => {
  if (!Array.isArray(argument) || (argument.length !== 2 && argument.length !== 4))
    return refuse("give 'numeric' one or two comparisons", argument);
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < argument.length; i += 2) {
    const sign: unknown = argument[i];
    const bound: unknown = argument[i + 1];
    const compare = typeof sign === 'string' ? comparisons[sign] : undefined;
    if (compare === undefined || typeof bound !== 'number')
      return refuse("give 'numeric' comparisons with numbers", argument);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};
