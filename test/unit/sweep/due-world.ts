import { type DrainDeps, drain } from '../../../functions/sweep/drain.ts';
import { type MailStopped, sweep } from '../../../functions/sweep/sweep.ts';
import { customerPk } from '../../../shared/adapters/dynamodb/keys.ts';
import { memoryDueIndex } from '../../../shared/adapters/memory/memory-due-index.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { DueIndex, DueKind } from '../../../shared/ports/due-index.ts';
import type { DuePageCall } from '../../../shared/ports/due-pages.ts';
import type { CustomerCall } from '../../../shared/ports/work-queue.ts';
import { sampleCustomer, sampleSend } from '../../support/samples.ts';

/** Something handed over, in the order it happened. */
export type Handed = Readonly<{ kind: Exclude<DueKind, 'lease'> | 'settled'; customer: string }>;

type Options = Readonly<{ shards?: number; due?: (index: DueIndex) => DueIndex; refuse?: (kind: DueKind) => boolean }>;

/** The due index in memory, with queues that only note what they were given, and a sweep queue worked off by hand. */
export const dueWorld = ({ shards = 1, due = (index) => index, refuse = () => false }: Options = {}) => {
  const table = memoryTable({ dueShards: shards });
  const handed: Handed[] = [];
  const calls: DuePageCall[] = [];
  const queue = (kind: Exclude<DueKind, 'lease'>) => ({
    enqueue: async (given: readonly CustomerCall[]): Promise<void> => {
      if (refuse(kind)) throw new Error('queue is down');
      handed.push(...given.map(({ customer }) => ({ kind, customer })));
    },
  });
  const deps: DrainDeps = {
    due: due(memoryDueIndex(table)),
    ledger: {
      load: async (_store, customerId) =>
        sampleSend({ customerId, state: { status: 'sending', leaseUntil: 0 }, dueAt: 0 }),
      update: async ({ customerId }) => {
        if (refuse('lease')) throw new Error('ledger is down');
        handed.push({ kind: 'settled', customer: customerId });
        return { type: 'saved' };
      },
    },
    send: queue('send'),
    enrol: queue('enrolment'),
    react: {
      enqueue: (given) =>
        queue('customer').enqueue(
          given.flatMap((call) => (call.type === 'customer' ? [{ store: call.store, customer: call.customer }] : [])),
        ),
    },
    pages: { enqueue: async (given) => void calls.push(...given) },
    hasTime: () => true,
  };
  const keyOf = (kind: DueKind, customerId: string) => ({
    pk: customerPk('demo', customerId),
    sk: kind === 'customer' ? 'CUSTOMER' : kind === 'enrolment' ? 'VISIT#1' : `SEND#${kind}`,
  });
  return {
    deps,
    handed,
    /** Messages of the sweep queue, oldest first. */
    calls,
    put: (kind: DueKind, customerId: string, at: EpochMs): void =>
      table.put('CUSTOMER', keyOf(kind, customerId), sampleCustomer({ customerId }), { kind, at }),
    /** The write that handles an entry: it leaves the index. */
    handle: (kind: DueKind, customerId: string): void =>
      table.put('CUSTOMER', keyOf(kind, customerId), sampleCustomer({ customerId })),
    tick: async (now: EpochMs, mailStopped?: MailStopped) => {
      const swept = await sweep(deps, now, mailStopped);
      await deps.pages.enqueue(swept.full);
      return swept;
    },
    /** Works the sweep queue off until it is empty. */
    drainAll: async (now: EpochMs): Promise<void> => {
      for (let call = calls.shift(); call !== undefined; call = calls.shift()) await drain(deps, call, now);
    },
  };
};
