import { isSeq } from 'yaml';
import type { Condition } from '../../conditions/condition.ts';
import { checkExclude } from '../exclude-rules.ts';
import { maxExclusions } from '../lifecycle-draft.ts';
import { type Reading, readConditionNode, shapeFault } from './read-rule.ts';
import { kindOf, spanOf } from './read-yaml.ts';

/** The conditions on who stands in no stage; what is wrong with them is noted. */
export const readExclude = (reading: Reading, node: unknown): readonly Condition[] => {
  if (!isSeq(node)) {
    const message = `expected a list, each line \`- condition\`, got ${kindOf(node)}`;
    shapeFault(reading, spanOf(node), ['exclude'], message);
    return [];
  }
  if (node.items.length > maxExclusions)
    shapeFault(reading, spanOf(node.items[maxExclusions]), ['exclude'], `expected at most ${maxExclusions} conditions`);
  return node.items.flatMap((item, n) => exclusionOf(reading, item, n));
};

const exclusionOf = (reading: Reading, item: unknown, n: number): readonly Condition[] => {
  const path = ['exclude', n];
  const read = readConditionNode(reading, item, path);
  if (read === undefined) return [];
  for (const { part, message } of checkExclude(read.condition)) shapeFault(reading, read.placeOf(part), path, message);
  return [read.condition];
};
