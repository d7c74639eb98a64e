import { rebaseKey, reconcileKey } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { BusFact } from '../../../../shared/domain/bus-fact.ts';
import { type EpochMs, hours } from '../../../../shared/domain/time.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import type { Commit, RecordedTable } from '../engine/recorded-table.ts';
import { makeMailProvider } from '../platform/mail-provider.ts';
import { makeMinuteTick } from '../platform/minute-tick.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { UseCases } from './functions.ts';
import { makeCallers } from './outside/callers.ts';
import { interloper } from './outside/interloper.ts';
import { makeOperator } from './outside/operator.ts';
import { makePoison } from './outside/poison.ts';
import { makeStrangers } from './outside/strangers.ts';
import type { Ports } from './ports.ts';
import { failOn, makeQueues, type Queues } from './queues.ts';
import { makeReach, type Reach } from './reach.ts';
import { makeStreams } from './streams.ts';
import type { World } from './world.ts';

type Shop = Pick<Scenario, 'account' | 'keepsLog'>;

/** The whole program between a webhook and a mailbox, on a platform that behaves as badly as AWS may. */
export const makeSystem = (machine: Machine, ports: Ports, does: UseCases, { account, keepsLog }: Shop) => {
  const facts: BusFact[] = [];
  const world: World = {
    ...{ machine, ports, account, provider: () => provider },
    ...{ parameters: { isPaused: false }, grants: [], logs: [] },
  };
  const tellFeedback = (event: string): void => queues.feedback.add(event);
  const provider = makeMailProvider(machine, account, tellFeedback);
  const bus = { publish: (published: readonly BusFact[]) => deliver(facts, queues, published) };
  const reach = makeReach(world, () => ({ ...queues, bus }));
  const queues: Queues = makeQueues(machine, does, reach);
  const streams = makeStreams(machine, does, reach, keepsLog);
  const poison = makePoison(queues, streams);
  const tick = makeMinuteTick(machine, () => nextDue(world), sweepMinute(world, does, reach));
  const callers = makeCallers(machine, does, reach);
  machine.meanwhile.act = interloper(machine, {
    ...callers,
    send: (call) => void queues.send.enqueue([call]),
    feedback: tellFeedback,
  });
  const works = [...Object.values(queues), streams.react, streams.relay];
  return {
    ...callers,
    operator: makeOperator(machine, does, ports, reach),
    strangers: makeStrangers(world, tellFeedback, reach),
    poison,
    streams: { react: streams.react, relay: streams.relay },
    /** The kill switch is turned. */
    turn(isPaused: boolean): void {
      world.parameters.isPaused = isPaused;
      tick.wakeBy(nextDue(world));
    },
    committed(commit: Commit): void {
      const { due, entity, value } = commit.after;
      if (due !== undefined) tick.wakeBy(nextDue(world));
      if ((entity === 'REBASE' || entity === 'RECONCILE') && value.dueAt !== undefined) tick.wakeBy(value.dueAt);
      streams.add(commit);
    },
    /** Messages and records waiting or in work. */
    open: () => works.reduce((sum, work) => sum + work.open(), 0),
    /** Those given up, until the operator puts them back. */
    parked: () => works.reduce((sum, work) => sum + ('dead' in work ? work.dead : work.parked).length, 0),
    redrive: () => {
      for (const queue of Object.values(queues)) queue.redrive((body) => !poison.is(body));
      for (const stream of [streams.react, streams.relay]) stream.redrive(({ after }) => !poison.is(after.key.pk));
    },
    ...{ facts, logs: world.logs, grants: world.grants },
    mails: provider.accepted,
    /** When each mail of the account left, strangers' too. */
    takenAt: provider.takenAt,
  };
};

export type System = ReturnType<typeof makeSystem>;

/** As the handler of the schedule does: while all mail is stopped, sends are left where they are. */
const sweepMinute =
  (world: World, does: UseCases, reach: (invocation: Invocation) => Reach) =>
  async (invocation: Invocation): Promise<void> => {
    const { now } = invocation;
    const deps = reach(invocation);
    const sweepAll = async () => {
      const swept = await does.sweep(deps, now, () => deps.killSwitch.isOn(now));
      if (swept.full.length > 0) await deps.pages.enqueue(swept.full);
      return swept.faults;
    };
    const [faults, ...worked] = await Promise.all([sweepAll(), ...workOf(world, does, deps, now)]);
    failOn([...faults, ...worked.flatMap((one) => one.faults)]);
  };

/** Rebases and reconciliations are found in one read, so those that never were are not asked for. */
const workOf = ({ machine: { table } }: World, does: UseCases, deps: Reach, now: EpochMs) => [
  does.rebasePages(deps, now),
  ...(table.get('RECONCILE', reconcileKey('demo')) === undefined ? [] : [does.reconcilePages(deps, now)]),
];

/** When the next page of a rebase or a reconciliation is due. */
export const workDueAt = (table: RecordedTable): EpochMs =>
  Math.min(
    ...[table.get('REBASE', rebaseKey('demo')), table.get('RECONCILE', reconcileKey('demo'))].map(
      (work) => work?.dueAt ?? Number.POSITIVE_INFINITY,
    ),
  );

/** Nothing is due of stopped mail, and nobody has to look every minute whether that is so. */
const stoppedLookMs = hours(1);

/** When the next tick may have something to do. */
const nextDue = ({ machine: { table, timeline }, parameters: { isPaused } }: World): EpochMs => {
  let next = workDueAt(table);
  for (const { due } of table.due())
    if (due !== undefined)
      next = Math.min(
        next,
        isPaused && due.kind === 'send' ? Math.max(due.at, timeline.now() + stoppedLookMs) : due.at,
      );
  return next;
};

/** A rule delivers at least once, in any order. */
const deliver = async (facts: BusFact[], queues: Queues, published: readonly BusFact[]): Promise<void> => {
  facts.push(...published);
  await queues.enrol.enqueue(published.filter(wantsEnrol).map(({ store, customer }) => ({ store, customer })));
};

const wantsEnrol = (fact: BusFact): boolean =>
  fact.type === 'stage-changed' ||
  fact.type === 'customer-merged' ||
  (fact.type === 'consent-granted' && fact.placed === 0) ||
  (fact.type === 'order-counted' && fact.delivered);
