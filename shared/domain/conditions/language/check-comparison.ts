import type { Fact } from '../../facts/fact.ts';
import type { Op } from '../condition.ts';
import { parseDuration } from '../duration.ts';
import { type DataFault, faultAt } from './data-fault.ts';
import { listed, type Operator, operatorOf, operatorsFor, opOf, topShareFact } from './operator.ts';
import { fitsType, impossible, impossibleDuration, valueForms } from './value-rules.ts';

/** A comparison in the data form, each part by itself known to be sound. */
export type Comparing = Readonly<{ name: string; fact: Fact; op: Op; value: unknown }>;

/** What does not go together in a comparison: fact and operator, fact and value. */
export const checkComparison = (comparing: Comparing): readonly DataFault[] => {
  const { fact, op, value } = comparing;
  const operator = writtenAs(comparing);
  const refused = opFault(comparing, operator);
  if (refused !== undefined) return [faultAt(['op'], refused)];
  if (op === 'exists' || operator === 'in top') return [];
  if (operator === 'within' || operator === 'older than') return faultOf(['value'], durationRule(value));
  if (!Array.isArray(value)) return faultOf(['value'], valueRule(comparing, value));
  return value.flatMap((part: unknown, n) => faultOf(['value', n], valueRule({ ...comparing, fact }, part)));
};

const faultOf = (path: DataFault['path'], message: string | undefined): readonly DataFault[] =>
  message === undefined ? [] : [faultAt(path, message)];

const writtenAs = ({ op, value, fact }: Comparing): Operator => {
  if (op === 'in') return Array.isArray(value) ? 'in' : 'in top';
  return typeof value === 'string' ? operatorOf({ op, value }, fact) : operatorOf({ op }, fact);
};

const opFault = ({ name, fact, op, value }: Comparing, operator: Operator): string | undefined => {
  if (operator === 'in top' && name !== topShareFact)
    return `\`{top, of}\` is for \`${topShareFact}\` only, got \`${name}\``;
  const isAge = fact.type === 'instant' && typeof value === 'string' && parseDuration(value) !== undefined;
  if (isAge && (op === 'gt' || op === 'lte'))
    return `the age of \`${name}\` is compared with \`gte\` (within) or \`lt\` (older than), not \`${op}\``;
  const allowed = operatorsFor(name, fact);
  if (op === 'exists' || allowed.includes(operator)) return undefined;
  return `\`${name}\` is compared with ${listed([...new Set(allowed.map((one) => opOf[one]))])}, not \`${op}\``;
};

const durationRule = (value: unknown): string | undefined => {
  const rule = impossibleDuration(String(value));
  return rule === undefined ? undefined : `the value ${rule}, got ${JSON.stringify(value)}`;
};

const valueRule = ({ name, fact }: Comparing, value: unknown): string | undefined => {
  const got = `got ${JSON.stringify(value)}`;
  if (!fitsType(fact.type, value)) return `\`${name}\` is compared with ${valueForms[fact.type].data}, ${got}`;
  const rule = impossible(fact, value);
  return rule === undefined ? undefined : `the value of \`${name}\` ${rule}, ${got}`;
};
