import { type DrainDeps, drain } from '../../../functions/sweep/drain.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { dynamoDueIndex } from '../../../shared/adapters/dynamodb/due-index.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { DuePageCall } from '../../../shared/ports/due-pages.ts';
import type { BenchTables } from './table-server.ts';
import { dueShards } from './waking-customers.ts';

const nobody = async (): Promise<void> => undefined;

/** The sweep over a table, with queues that only count: what they cost is the same whatever is looked through. */
const sweepOver = (tables: BenchTables, name: string, handed: string[]) => {
  const calls: DuePageCall[] = [];
  const deps: DrainDeps = {
    due: dynamoDueIndex({ client: tables.client, name, dueShards }),
    ledger: { load: async () => undefined, update: async () => ({ type: 'saved' }) },
    send: { enqueue: nobody },
    enrol: { enqueue: nobody },
    react: {
      enqueue: async (given) => {
        for (const call of given) if (call.type === 'customer') handed.push(call.customer);
      },
    },
    pages: { enqueue: async (given) => void calls.push(...given) },
    hasTime: () => true,
  };
  return { deps, calls };
};

/** One tick and its drainers, four at a time as deployed, until nothing more is due. @returns Customers in the order they were handed over. */
export const handOverDue = async (tables: BenchTables, name: string, now: EpochMs): Promise<readonly string[]> => {
  const handed: string[] = [];
  const { deps, calls } = sweepOver(tables, name, handed);
  const { full, faults } = await sweep(deps, now);
  if (faults.length > 0) throw faults[0];
  calls.push(...full);
  const worker = async (): Promise<void> => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) await drain(deps, call, now);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return handed;
};
