import type { BusFact } from '../bus-fact.ts';
import { changesBetween } from './changes-between.ts';
import type { Customer, StageId } from './customer.ts';
import type { Visit } from './visit.ts';

/** What nobody was told of a customer's committed past, as far as it is still known. */
export type ToldAgain = Readonly<{ visits: readonly Visit[]; facts: readonly BusFact[] }>;

/**
 * What is to be told of a customer where the stream forgot changes before relay had read them: the visits without a row, and
 * the facts of those that are known as they were. With nothing missing it is nothing.
 *
 * The present visit, and the leaving of somebody merged or erased, stand in the customer and come back as they were. Of a visit
 * in between only its neighbours are known: such a gap becomes one move from the stage before it to the stage behind it, so
 * that the counters agree with where people stand, as a `correction`, which fires nothing. Each number of the gap gets a row,
 * so that a record that turns up after all finds its place taken. Who was merged or erased meanwhile is enrolled in nothing.
 *
 * @param recorded Rows of the customer's visits, in any order.
 */
export const toldAgain = (customer: Customer, recorded: readonly Visit[]): ToldAgain => {
  const known = new Map(recorded.map((visit) => [visit.visit, visit]));
  const lost = pairsOf(customer).flatMap(({ before, after }) => {
    const { visit, facts } = changesBetween(before, after);
    return visit === undefined || known.has(visit.visit) ? [] : [{ visit, facts }];
  });
  const hasLeft = customer.mergedInto !== undefined || customer.erasedAt !== undefined;
  const back = lost.map(({ visit }) => (hasLeft ? withoutDue(visit) : visit));
  const rows = new Map([...known, ...back.map((visit) => [visit.visit, visit] as const)]);
  return {
    visits: [...gapsIn(rows), ...back].sort((a, b) => a.visit - b.visit),
    facts: lost.flatMap(({ facts }) => facts.filter(({ type }) => telling.has(type))),
  };
};

const withoutDue = ({ dueAt: _dueAt, ...visit }: Visit): Visit => visit;

/** The others stand in rows of their own: orders, and statements of consent that wait in the due index. */
const telling = new Set<BusFact['type']>(['stage-changed', 'customer-merged', 'customer-erased']);

/** The writes that ended in what the customer is now, each as if nothing but it had changed. */
const pairsOf = (customer: Customer) => {
  const { mergedInto, erasedAt, ...living } = customer;
  const arrived = { before: undefined, after: living };
  // Known by its names alone, and somebody's alias since: it never stood anywhere.
  if (customer.visit === 0) return [];
  return mergedInto === undefined && erasedAt === undefined
    ? [arrived]
    : [arrived, { before: living, after: mergedInto === undefined ? customer : { ...living, mergedInto } }];
};

/** Rows for the numbers between those that are known. */
const gapsIn = (rows: ReadonlyMap<number, Visit>): readonly Visit[] => {
  const gaps: Visit[] = [];
  let reached = 0;
  let stage: StageId | undefined;
  for (const next of [...rows.values()].sort((a, b) => a.visit - b.visit)) {
    for (let visit = reached + 1; visit < next.visit; visit++) {
      const gap = bridge(visit, stage, next);
      if (gap !== undefined) gaps.push(gap);
      stage = gap?.stage ?? stage;
    }
    reached = next.visit;
    stage = next.stage;
  }
  return gaps;
};

/** A visit nothing is left of, before `next`. */
const bridge = (visit: number, from: StageId | undefined, { from: to, decidedAt, decidedUnder }: Visit) => {
  if (to === undefined) return undefined;
  const gap: Visit = {
    ...{ visit, stage: to, decidedAt, decidedUnder },
    effectiveAt: decidedAt,
    cause: 'correction',
  };
  return from === undefined ? gap : { ...gap, from };
};
