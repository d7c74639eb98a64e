import type { Condition, Leaf } from '../conditions/condition.ts';
import { operatorOf } from '../conditions/language/operator.ts';
import { factNamed } from '../facts/fact-catalogue.ts';
import { isPossible } from './reachability/possible.ts';

type Path = readonly (string | number)[];

/** One thing wrong with who is left out: at which comparison, or with the whole. */
export type ExcludeFault = Readonly<{ part: Condition; path: Path; message: string }>;

/**
 * Everything wrong with a sound condition on who stands in no stage. It may only look at what time alone does not change:
 * nobody is woken to be let in again.
 */
export const checkExclude = (condition: Condition): readonly ExcludeFault[] => {
  const moving = leavesIn(condition).flatMap(({ leaf, path }) => {
    const message = movement(leaf);
    return message === undefined ? [] : [{ part: leaf, path, message }];
  });
  if (moving.length > 0 || isPossible([], [condition])) return moving;
  return [{ part: condition, path: [], message: 'this leaves everybody out' }];
};

const leavesIn = (condition: Condition, path: Path = []): readonly Readonly<{ leaf: Leaf; path: Path }>[] => {
  if ('fact' in condition) return [{ leaf: condition, path }];
  if ('not' in condition) return leavesIn(condition.not, [...path, 'not']);
  const [group, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  return parts.flatMap((part, n) => leavesIn(part, [...path, group, n]));
};

const movement = (leaf: Leaf): string | undefined => {
  const fact = factNamed(leaf.fact);
  const operator = operatorOf(leaf, fact);
  const moves = (fact !== undefined && fact.moves !== 'constant') || operator === 'within' || operator === 'older than';
  const written = operator === 'within' || operator === 'older than' ? `${leaf.fact} ${operator}` : leaf.fact;
  return moves
    ? `\`${written}\` changes by time alone; \`exclude\` looks only at what stays, such as \`tags\` or \`email.domain\``
    : undefined;
};
