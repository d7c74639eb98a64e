import type { Condition, Leaf } from '../../conditions/condition.ts';
import { holdsAt, type Point, pointsOf, respectOf } from './point.ts';

/** A condition with every `not` moved down to the comparisons. */
type Formula =
  | Readonly<{ leaf: Leaf; wanted: boolean }>
  | Readonly<{ every: readonly Formula[] }>
  | Readonly<{ some: readonly Formula[] }>;

const formulaOf = (condition: Condition, wanted: boolean): Formula => {
  if ('not' in condition) return formulaOf(condition.not, !wanted);
  if ('fact' in condition) return { leaf: condition, wanted };
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => formulaOf(part, wanted));
  return isAll === wanted ? { every: parts } : { some: parts };
};

const leavesOf = (formula: Formula): readonly Leaf[] => {
  if ('leaf' in formula) return [formula.leaf];
  return ('every' in formula ? formula.every : formula.some).flatMap(leavesOf);
};

/** What is still possible, by respect. */
type Cases = ReadonlyMap<string, readonly Point[]>;

const casesOf = (formulas: readonly Formula[]): Cases => {
  const leaves = Map.groupBy(formulas.flatMap(leavesOf), respectOf);
  return new Map([...leaves].map(([respect, its]) => [respect, pointsOf(its)]));
};

/** Steps after which the search gives up: far more than lifecycles that people write need. */
const maxSteps = 20_000;

/**
 * Whether some customer can be such that all of `hold` hold and none of `fail` do.
 *
 * Facts are taken to be independent of one another, so `false` is certain and `true` may be wrong: that nobody can have
 * `orders = 0` and a `silence`, for instance, is not seen. A search that takes too long answers `true`.
 */
export const isPossible = (hold: readonly Condition[], fail: readonly Condition[]): boolean => {
  const formulas = [...hold.map((one) => formulaOf(one, true)), ...fail.map((one) => formulaOf(one, false))];
  return search(formulas, casesOf(formulas), { left: maxSteps });
};

const search = (formulas: readonly Formula[], cases: Cases, steps: { left: number }): boolean => {
  steps.left -= 1;
  if (steps.left < 0) return true;
  const settled = settle(formulas, cases);
  if (settled === undefined) return false;
  const [choice, ...others] = settled.choices
    .map((options) => options.filter((option) => isOpen(option, settled.cases)))
    .sort((a, b) => a.length - b.length);
  if (choice === undefined) return true;
  const rest = others.map((some) => ({ some }));
  return choice.some((option) => search([option, ...rest], settled.cases, steps));
};

/** Applies every comparison that must hold; what is left are choices. `undefined` = some respect has no case left. */
const settle = (
  formulas: readonly Formula[],
  before: Cases,
): Readonly<{ cases: Cases; choices: readonly (readonly Formula[])[] }> | undefined => {
  const cases = new Map(before);
  const choices: (readonly Formula[])[] = [];
  const todo = [...formulas];
  for (let formula = todo.pop(); formula !== undefined; formula = todo.pop()) {
    if ('every' in formula) todo.push(...formula.every);
    else if ('some' in formula) choices.push(formula.some);
    else {
      const left = remaining(formula, cases);
      if (left.length === 0) return undefined;
      cases.set(respectOf(formula.leaf), left);
    }
  }
  return { cases, choices };
};

const remaining = ({ leaf, wanted }: Extract<Formula, { leaf: Leaf }>, cases: Cases): readonly Point[] =>
  (cases.get(respectOf(leaf)) ?? []).filter((point) => holdsAt(leaf, point) === wanted);

const isOpen = (option: Formula, cases: Cases): boolean => !('leaf' in option) || remaining(option, cases).length > 0;
