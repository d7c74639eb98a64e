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

/** Comparisons a search may still make before it gives up. */
export type Effort = { left: number };

/** Far more than what people write needs, and spent in a tenth of a second. */
export const someEffort = (): Effort => ({ left: 200_000 });

/**
 * Whether some customer can be such that all of `hold` hold and none of `fail` do.
 *
 * Facts are taken to be independent of one another, so `false` is certain and `true` may be wrong: that nobody can have
 * `orders = 0` and a `silence`, for instance, is not seen. A search that takes too long answers `true`.
 *
 * @param effort Spent by the search; several searches may share one.
 */
export const isPossible = (hold: readonly Condition[], fail: readonly Condition[], effort = someEffort()): boolean => {
  const formulas = [...hold.map((one) => formulaOf(one, true)), ...fail.map((one) => formulaOf(one, false))];
  return search(formulas, casesOf(formulas), effort);
};

const search = (formulas: readonly Formula[], cases: Cases, effort: Effort): boolean => {
  if (effort.left <= 0) return true;
  const settled = settle(formulas, cases, effort);
  if (settled === undefined) return false;
  const [choice, ...others] = settled.choices
    .map((options) => options.filter((option) => isOpen(option, settled.cases, effort)))
    .sort((a, b) => a.length - b.length);
  if (choice === undefined) return true;
  const rest = others.map((some) => ({ some }));
  return choice.some((option) => search([option, ...rest], settled.cases, effort));
};

/** Applies every comparison that must hold; what is left are choices. `undefined` = some respect has no case left. */
const settle = (
  formulas: readonly Formula[],
  before: Cases,
  effort: Effort,
): Readonly<{ cases: Cases; choices: readonly (readonly Formula[])[] }> | undefined => {
  const cases = new Map(before);
  const choices: (readonly Formula[])[] = [];
  const todo = [...formulas];
  for (let formula = todo.pop(); formula !== undefined; formula = todo.pop()) {
    if ('every' in formula) todo.push(...formula.every);
    else if ('some' in formula) choices.push(formula.some);
    else {
      const left = remaining(formula, cases, effort);
      if (left.length === 0) return undefined;
      cases.set(respectOf(formula.leaf), left);
    }
  }
  return { cases, choices };
};

const remaining = (
  { leaf, wanted }: Extract<Formula, { leaf: Leaf }>,
  cases: Cases,
  effort: Effort,
): readonly Point[] => {
  const points = cases.get(respectOf(leaf)) ?? [];
  effort.left -= points.length;
  return points.filter((point) => holdsAt(leaf, point) === wanted);
};

const isOpen = (option: Formula, cases: Cases, effort: Effort): boolean =>
  !('leaf' in option) || remaining(option, cases, effort).length > 0;
