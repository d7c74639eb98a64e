import { didYouMean } from '../../did-you-mean.ts';
import { factNamed } from '../../facts/fact-catalogue.ts';
import type { Op } from '../condition.ts';
import { ops } from '../condition.ts';
import { checkComparison } from './check-comparison.ts';
import { limitFault, maxDepth, maxListed, topShares } from './condition-limits.ts';
import { conditionSchema } from './condition-schema.ts';
import { type DataFault, faultAt, recordOf, under, unknownKeys } from './data-fault.ts';
import { unknownFact } from './fact-meant.ts';
import { listed, operators, opOf } from './operator.ts';

/**
 * Everything that is wrong with a condition in the data form: its shape, unknown facts, comparisons and values that do not go
 * together, values a fact cannot have, and limits. No fault = `conditionSchema` takes it and it can be evaluated.
 */
export const checkCondition = (value: unknown): readonly DataFault[] => {
  const faults = checkPart(value, 0);
  const limit = faults.length === 0 ? limitFault(conditionSchema.parse(value)) : undefined;
  return limit === undefined ? faults : [faultAt([], limit)];
};

const forms = 'expected `{fact, op, value}`, `{all: [...]}`, `{any: [...]}` or `{not: ...}`';
const groups = ['all', 'any', 'not'] as const;

const checkPart = (value: unknown, depth: number): readonly DataFault[] => {
  const record = recordOf(value);
  if (record === undefined) return [faultAt([], forms)];
  const kinds = ['fact', ...groups].filter((key) => record.has(key));
  if (kinds.length !== 1) return [faultAt([], kinds.length > 1 ? `${forms}, only one of them` : strayForms(record))];
  const group = groups.find((key) => record.has(key));
  if (group === undefined) return [...unknownKeys(record, ['fact', 'op', 'value']), ...checkLeaf(record)];
  return [...unknownKeys(record, [group]), ...under([group], checkGroup(group, record.get(group), depth + 1))];
};

const strayForms = (record: ReadonlyMap<string, unknown>): string => {
  const [key = ''] = record.keys();
  const meant = didYouMean(key, ['fact', ...groups]);
  return meant === undefined ? forms : `no key \`${key}\`; did you mean \`${meant}\`?`;
};

const checkGroup = (group: (typeof groups)[number], value: unknown, depth: number): readonly DataFault[] => {
  if (depth > maxDepth) return [faultAt([], `a condition nests at most ${maxDepth} deep`)];
  if (group === 'not') return checkPart(value, depth);
  if (!Array.isArray(value) || value.length === 0) return [faultAt([], 'expected a list of one condition or more')];
  return value.flatMap((part: unknown, n) => under([n], checkPart(part, depth)));
};

const checkLeaf = (record: ReadonlyMap<string, unknown>): readonly DataFault[] => {
  const [name, op, value] = [record.get('fact'), record.get('op'), record.get('value')];
  const fact = typeof name === 'string' ? factNamed(name) : undefined;
  const known = ops.find((one) => one === op);
  const ofFact = fact === undefined ? [faultAt(['fact'], factFault(name))] : [];
  if (known === undefined) return [...ofFact, faultAt(['op'], unknownOp(op))];
  const shape = shapeFault(known, value);
  if (shape !== undefined) return [...ofFact, faultAt(['value'], shape)];
  return fact === undefined ? ofFact : checkComparison({ name: String(name), fact, op: known, value });
};

const factFault = (name: unknown): string =>
  typeof name === 'string' ? unknownFact(name) : 'expected the name of a fact';

const unknownOp = (op: unknown): string => {
  if (typeof op !== 'string') return `expected a comparison: one of ${listed(ops)}`;
  const sign = operators.find((operator) => operator === op);
  const meant = sign === undefined ? didYouMean(op, ops) : opOf[sign];
  return `no comparison \`${op}\`${meant === undefined ? `: one of ${listed(ops)}` : `; did you mean \`${meant}\`?`}`;
};

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** What is wrong with a value whatever the fact. */
const shapeFault = (op: Op, value: unknown): string | undefined => {
  if (op === 'exists') return value === undefined || value === false ? undefined : '`exists` takes no value, or false';
  if (value === undefined) return `\`${op}\` takes a value`;
  if (op !== 'in') return isScalar(value) ? undefined : `\`${op}\` takes one plain value`;
  if (recordOf(value) !== undefined) return topShareFault(recordOf(value));
  const isList = Array.isArray(value) && value.length > 0 && value.length <= maxListed && value.every(isScalar);
  return isList ? undefined : `\`in\` takes a list of 1 to ${maxListed} plain values, or \`{top, of: "repeat"}\``;
};

const topShareFault = (record: ReadonlyMap<string, unknown> | undefined): string | undefined => {
  const top = topShares.find((share) => share === record?.get('top'));
  return top !== undefined && record?.get('of') === 'repeat' && record.size === 2
    ? undefined
    : `expected \`{top, of: "repeat"}\` with \`top\` one of ${topShares.join(', ')}`;
};
