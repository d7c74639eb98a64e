import type { Condition } from '../../conditions/condition.ts';
import { checkCondition } from '../../conditions/language/check-condition.ts';
import { conditionSchema } from '../../conditions/language/condition-schema.ts';
import { type DataFault, faultAt, recordOf, under, unknownKeys } from '../../conditions/language/data-fault.ts';
import { otherwiseMeant, parseCondition } from '../../conditions/language/parse-condition.ts';
import { didYouMean } from '../../did-you-mean.ts';
import type { Stage } from '../../lifecycle/lifecycle.ts';
import { checkExclude } from '../exclude-rules.ts';
import {
  adoptions,
  type LifecycleDraft,
  lifecycleName,
  maxExclusions,
  maxStages,
  nameFault,
} from '../lifecycle-draft.ts';
import type { Rule } from '../reachability/unreachable.ts';
import { checkStages, type StageLine } from '../stage-rules.ts';

/** A lifecycle as data, or everything that is wrong with it. */
export type LifecycleDataReading =
  | Readonly<{ type: 'lifecycle'; draft: LifecycleDraft }>
  | Readonly<{ type: 'faults'; faults: readonly DataFault[] }>;

type Found<T> = Readonly<{ value: T; faults: readonly DataFault[] }>;

const keys = ['name', 'stages', 'exclude', 'adopt'];

/**
 * Reads a lifecycle in the data form, as the API takes it: `{name, stages: [{id, when}], exclude, adopt}`. A condition may be data
 * or a sentence. Groups of one part are read as that part.
 */
export const readLifecycleData = (body: unknown): LifecycleDataReading => {
  const record = recordOf(body);
  if (record === undefined) return { type: 'faults', faults: [faultAt([], 'expected `{name, stages}`')] };
  const stages = readStages(record.get('stages'));
  const exclude = readExclude(record.get('exclude'));
  const adopt = adoptions.find((one) => one === record.get('adopt'));
  const name = record.get('name');
  const faults = [
    ...unknownKeys(record, keys),
    ...(typeof name === 'string' && lifecycleName.test(name)
      ? []
      : [faultAt(['name'], nameFault(JSON.stringify(name) ?? 'nothing'))]),
    ...under(['stages'], stages.faults),
    ...under(['exclude'], exclude.faults),
    ...(adopt === undefined && record.has('adopt') ? [faultAt(['adopt'], adoptFault(record.get('adopt')))] : []),
  ];
  if (faults.length > 0) return { type: 'faults', faults };
  const more = {
    ...(record.has('exclude') ? { exclude: exclude.value } : {}),
    ...(adopt === undefined ? {} : { adopt }),
  };
  return { type: 'lifecycle', draft: { name: String(name), stages: stages.value, ...more } };
};

const adoptFault = (value: unknown): string => {
  const meant = typeof value === 'string' ? didYouMean(value, adoptions) : undefined;
  return meant === undefined ? 'expected `monthly` or `never`' : `did you mean \`${meant}\`?`;
};

const readExclude = (value: unknown): Found<readonly Condition[]> => {
  if (value === undefined) return { value: [], faults: [] };
  if (!Array.isArray(value) || value.length > maxExclusions)
    return { value: [], faults: [faultAt([], `expected a list of at most ${maxExclusions} conditions`)] };
  const read = value.map((one: unknown, n) => exclusionOf(one, n));
  return { value: read.flatMap((one) => one.value), faults: read.flatMap((one) => one.faults) };
};

const exclusionOf = (value: unknown, n: number): Found<readonly Condition[]> => {
  const { value: condition, faults } = readCondition(value);
  if (condition === undefined) return { value: [], faults: under([n], faults) };
  // In a sentence a path into the data would lead nowhere.
  const pathOf = (path: DataFault['path']): DataFault['path'] => (typeof value === 'string' ? [n] : [n, ...path]);
  const moving = checkExclude(condition).map(({ path, message }) => faultAt(pathOf(path), message));
  return { value: [condition], faults: moving };
};

const readStages = (value: unknown): Found<readonly Stage[]> => {
  if (!Array.isArray(value) || value.length === 0)
    return { value: [], faults: [faultAt([], 'expected a list of one stage or more')] };
  if (value.length > 10 * maxStages)
    return { value: [], faults: [faultAt([], `a lifecycle has at most ${maxStages} stages, got ${value.length}`)] };
  const read = value.map((one: unknown, n) => stageOf(one, n));
  const lines = read.map((one) => one.value);
  const together = checkStages(lines).map(({ stage, at, message }) =>
    faultAt([stage, at === 'id' ? 'id' : 'when'], message),
  );
  const stages = lines.flatMap(({ id = '', rule }) => (typeof rule === 'object' ? [{ id, when: rule }] : [{ id }]));
  return { value: stages, faults: [...read.flatMap(({ faults }) => faults), ...together] };
};

const stageOf = (value: unknown, n: number): Found<StageLine> => {
  const record = recordOf(value);
  if (record === undefined)
    return { value: { id: undefined, rule: undefined }, faults: [faultAt([n], 'expected `{id, when}`')] };
  const [id, when] = [record.get('id'), readRule(record.get('when'))];
  const named = typeof id === 'string' ? [] : [faultAt(['id'], 'expected the name of a stage')];
  const faults = [...unknownKeys(record, ['id', 'when']), ...named, ...under(['when'], when.faults)];
  return { value: { id: typeof id === 'string' ? id : undefined, rule: when.value }, faults: under([n], faults) };
};

const readRule = (value: unknown): Found<Rule> => {
  const meant = typeof value === 'string' ? otherwiseMeant(value) : 'no';
  if (value === undefined || meant === 'yes') return { value: 'otherwise', faults: [] };
  if (meant === 'no') return readCondition(value);
  return { value: undefined, faults: [faultAt([], 'did you mean `otherwise`?')] };
};

const readCondition = (value: unknown): Found<Condition | undefined> => {
  if (typeof value === 'string') return readSentence(value);
  const faults = checkCondition(value);
  return { value: faults.length === 0 ? withoutLoneParts(conditionSchema.parse(value)) : undefined, faults };
};

const readSentence = (text: string): Found<Condition | undefined> => {
  const parsed = parseCondition(text);
  if (parsed.type === 'condition') return { value: parsed.condition, faults: [] };
  return {
    value: undefined,
    faults: parsed.faults.map(({ from, message }) => faultAt([], `at ${from + 1}: ${message}`)),
  };
};

/** A group of one part is that part; it could not be written as a sentence otherwise. */
const withoutLoneParts = (condition: Condition): Condition => {
  if ('fact' in condition) return condition;
  if ('not' in condition) return { not: withoutLoneParts(condition.not) };
  const parts = ('all' in condition ? condition.all : condition.any).map(withoutLoneParts);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return 'all' in condition ? { all: parts } : { any: parts };
};
