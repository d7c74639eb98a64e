import type { Customer, DecidedUnder } from '../../../../shared/domain/customers/customer.ts';
import { subjectOf } from '../../../../shared/domain/facts/subject.ts';
import type { Fit } from '../../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import { stageOf } from '../../../../shared/domain/lifecycle/stage-of.ts';
import { bringsMoney, type CountingPolicy, netMinor } from '../../../../shared/domain/orders/counting.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import type { TableContents } from './read-table.ts';

/** What time alone will do to most people of a stage. */
export type NextMove = Readonly<{
  stage: string;
  /** Days after the last order, shortest and longest. */
  fromDays: number;
  toDays: number;
  /** How many of them move within a week. */
  thisWeek: number;
}>;

export type StageStanding = Readonly<{ stage: string; people: number; netYearMinor: number; next?: NextMove }>;

export type Decided = Readonly<{
  store: StoreSettings;
  policy: CountingPolicy;
  /** What holds now: the stages to tell of. */
  lifecycle: Lifecycle;
  /** What a customer was decided under: their wake follows from that. */
  under: (versions: DecidedUnder) => Readonly<{ lifecycle: Lifecycle; fit: Fit }>;
}>;

type Move = Readonly<{ to: string; afterDays: number; at: EpochMs }>;

/** What time alone will do to a customer next, if anything. */
export const moveOf = (customer: Customer, { store, under }: Pick<Decided, 'store' | 'under'>): Move | undefined => {
  const { wakeAt, history } = customer;
  if (wakeAt === undefined || history.lastAt === undefined) return undefined;
  const { lifecycle, fit } = under(customer.decidedUnder);
  const to = stageOf(lifecycle, subjectOf(customer, store, fit), wakeAt);
  return { to, afterDays: Math.round((wakeAt - history.lastAt) / days(1)), at: wakeAt };
};

const nextOf = (moves: readonly Move[], now: EpochMs): NextMove | undefined => {
  const byStage = [...Map.groupBy(moves, ({ to }) => to)].sort(([, a], [, b]) => b.length - a.length);
  const [stage, most] = byStage[0] ?? [];
  if (stage === undefined || most === undefined) return undefined;
  const after = most.map(({ afterDays }) => afterDays);
  return {
    stage,
    fromDays: after.reduce((a, b) => Math.min(a, b)),
    toDays: after.reduce((a, b) => Math.max(a, b)),
    thisWeek: most.filter(({ at }) => at <= now + days(7)).length,
  };
};

/** Customers who stand in a stage: no aliases of others, nobody erased. */
const standingCustomers = (customers: readonly Customer[]): readonly Customer[] =>
  customers.filter(({ mergedInto, erasedAt }) => mergedInto === undefined && erasedAt === undefined);

/** Net of the last year by root customer: an alias's orders are its root's. */
const netOfYear = (
  { customers, orderRows }: TableContents,
  { policy }: Decided,
  now: EpochMs,
): ReadonlyMap<string, number> => {
  const rootOf = new Map(customers.map(({ customerId, mergedInto }) => [customerId, mergedInto ?? customerId]));
  const net = new Map<string, number>();
  for (const row of orderRows) {
    if (row.placedAt <= now - days(365) || !bringsMoney(row, policy)) continue;
    const root = rootOf.get(row.customerId) ?? row.customerId;
    net.set(root, (net.get(root) ?? 0) + netMinor(row));
  }
  return net;
};

/** Where everybody stands, from the top of the lifecycle down, with what the last year brought. */
export const standingOf = (contents: TableContents, decided: Decided, now: EpochMs): readonly StageStanding[] => {
  const net = netOfYear(contents, decided, now);
  const byStage = Map.groupBy(standingCustomers(contents.customers), ({ stage }) => stage);
  return decided.lifecycle.stages.map(({ id }) => {
    const people = byStage.get(id) ?? [];
    const moves = people.flatMap((customer) => moveOf(customer, decided) ?? []);
    const next = nextOf(moves, now);
    return {
      stage: id,
      people: people.length,
      netYearMinor: people.reduce((sum, { customerId }) => sum + (net.get(customerId) ?? 0), 0),
      ...(next === undefined ? {} : { next }),
    };
  });
};
