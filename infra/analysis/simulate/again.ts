import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../../../shared/adapters/memory/memory-table.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import type { Machine } from './engine/invocation.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { System } from './system/system.ts';

const takesMs = hours(1);

/**
 * Has everything rung for twice more, and names what changed by the second time: nothing. The first may bring what a fit moved
 * since, and an alias that came late.
 */
export const reconcileAgain = async (
  { timeline, table }: Machine,
  system: System,
  { items }: Pick<Scenario, 'items'>,
): Promise<readonly string[]> => {
  const soon = timeline.now() + 2 * takesMs;
  const isDue = (): boolean => [...table.due()].some(({ due }) => due !== undefined && due.at <= soon);
  // Some news come after the end of the story: then rows change by themselves.
  if (items.some(({ at }) => at > timeline.now())) return [];
  // Clicks and complaints come days later, and change rows by themselves.
  const isHeardOf = system.mails.some(({ at }) => at > timeline.now() - days(4));
  if (isHeardOf || isDue()) return [];
  system.operator.reconcileAt(timeline.now());
  await timeline.runTo(soon - takesMs, Number.POSITIVE_INFINITY);
  // What the first set in motion changes rows by itself.
  if (isDue()) return [];
  const before = standIn(table.rows());
  system.operator.reconcileAt(timeline.now());
  await timeline.runTo(soon, Number.POSITIVE_INFINITY);
  return [...standIn(table.rows())].flatMap(([name, stands]) =>
    isDeepStrictEqual(before.get(name), stands) ? [] : [name],
  );
};

/** What the rows say, but for the marks of having been told again. */
const standIn = (rows: Iterable<Row>): ReadonlyMap<string, unknown> =>
  new Map(
    [...rows]
      .filter(({ entity }) => entity !== 'RECONCILE')
      .map(({ entity, key: { pk, sk }, value }) => [
        `${pk}|${sk}`,
        entity === 'CUSTOMER' ? { ...value, version: 0, retoldAt: 0 } : value,
      ]),
  );
