import type { BusFact } from '../../../../shared/domain/bus-fact.ts';
import type { Machine } from '../engine/invocation.ts';
import type { Commit } from '../engine/recorded-table.ts';
import { makeMailProvider } from '../platform/mail-provider.ts';
import { makeMinuteTick } from '../platform/minute-tick.ts';
import { makeCallers } from './callers.ts';
import type { UseCases } from './functions.ts';
import { interloper } from './interloper.ts';
import type { Ports } from './ports.ts';
import { failOn, makeQueues, type Queues } from './queues.ts';
import { type LogLine, makeReach } from './reach.ts';
import { makeStreams } from './streams.ts';

/** The whole program between a webhook and a mailbox, on a platform that behaves as badly as AWS may. */
export const makeSystem = (machine: Machine, ports: Ports, does: UseCases) => {
  const facts: BusFact[] = [];
  const logs: LogLine[] = [];
  const provider = makeMailProvider(machine, (): Queues['feedback'] => queues.feedback);
  const bus = { publish: (published: readonly BusFact[]) => deliver(facts, queues, published) };
  const reach = makeReach({ machine, ports, logs, mail: provider.send, handOvers: () => ({ ...queues, bus }) });
  const queues: Queues = makeQueues(machine, does, reach);
  const streams = makeStreams(machine, does, reach);
  const tick = makeMinuteTick(machine, async (invocation) => {
    const deps = reach(invocation);
    const { full, faults } = await does.sweep(deps, invocation.now);
    if (full.length > 0) await deps.pages.enqueue(full);
    failOn(faults);
  });
  const callers = makeCallers(machine, does, reach);
  machine.meanwhile.act = interloper(machine, {
    ...callers,
    send: (call) => void queues.send.enqueue([call]),
    feedback: (event) => void queues.feedback.enqueue([event]),
  });
  const works = [
    ...Object.values(queues).map(({ open, redrive, dead }) => ({ open, redrive, parked: dead })),
    ...streams.all,
  ];
  return {
    ...callers,
    committed(commit: Commit): void {
      if (commit.after.due !== undefined) tick.wakeBy(commit.after.due.at);
      streams.add(commit);
    },
    /** Messages and records waiting or in work. */
    open: () => works.reduce((sum, work) => sum + work.open(), 0),
    /** Those given up, until the operator puts them back. */
    parked: () => works.reduce((sum, { parked }) => sum + parked.length, 0),
    redrive: () => {
      for (const { redrive } of works) redrive();
    },
    facts,
    logs,
    mails: provider.accepted,
  };
};

export type System = ReturnType<typeof makeSystem>;

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
