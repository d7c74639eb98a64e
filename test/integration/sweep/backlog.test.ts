import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrainDeps, drain } from '../../../functions/sweep/drain.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { dynamoDueIndex } from '../../../shared/adapters/dynamodb/due-index.ts';
import { memoryDueIndex } from '../../../shared/adapters/memory/memory-due-index.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import type { DueIndex } from '../../../shared/ports/due-index.ts';
import type { DuePageCall } from '../../../shared/ports/due-pages.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../../support/dynoxide.ts';
import { sampleNow as now } from '../../support/samples.ts';
import { fillDueIndex } from './fill-due-index.ts';

const shards = 16;
const page = { kind: 'customer', shard: 3 } as const;
const place = { kind: 'customer', dueAt: now, store: 'demo', customerId: 'c1', item: 'CUSTOMER' } as const;

/** Every due index keeps these rules about who may hand over. */
const leaseContract = (open: () => Promise<DueIndex>): void => {
  it('gives a page to one holder at a time, and to the next when the lease is over', async () => {
    const due = await open();
    expect(await due.lease(page, { now, until: now + 50 })).toEqual({ startedAt: now, handed: 0 });
    expect(await due.lease(page, { now: now + 49, until: now + 90 })).toBeUndefined();
    expect(await due.lease({ ...page, shard: 4 }, { now, until: now + 50 })).toBeDefined();
    expect(await due.lease(page, { now: now + 50, until: now + 100 })).toBeDefined();
  });

  it('keeps the round from one holder to the next', async () => {
    const due = await open();
    await due.lease(page, { now, until: now + 50 });
    const round = { startedAt: now, handed: 7, place, againAt: now + 500 };
    await due.release(page, now + 50, round);
    expect(await due.lease(page, { now: now + 1, until: now + 51 })).toEqual(round);
  });

  it('lets nobody but the one it was handed on to take it, once', async () => {
    const due = await open();
    await due.lease(page, { now, until: now + 50 });
    await due.release(page, now + 50, { startedAt: now, handed: 7, place }, now + 120);
    expect(await due.lease(page, { now: now + 60, until: now + 110 })).toBeUndefined();
    expect(await due.lease(page, { now: now + 60, until: now + 110, from: now + 120 })).toBeDefined();
    expect(await due.lease(page, { now: now + 60, until: now + 110, from: now + 120 })).toBeUndefined();
  });

  it('takes no word from a holder whose lease somebody else has taken over', async () => {
    const due = await open();
    await due.lease(page, { now, until: now + 50 });
    await due.lease(page, { now: now + 50, until: now + 100 });
    await due.release(page, now + 50, { startedAt: now, handed: 99, place });
    expect(await due.lease(page, { now: now + 60, until: now + 110 })).toBeUndefined();
    expect(await due.lease(page, { now: now + 100, until: now + 150 })).toEqual({ startedAt: now, handed: 0 });
  });
};

describe('leases in memory', () => leaseContract(async () => memoryDueIndex(memoryTable({ dueShards: shards }))));

describe.skipIf(dynamoMissing)(`on a DynamoDB server ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(() => server.stop());

  describe('leases', () => leaseContract(async () => dynamoDueIndex(await server.open({ due: shards }))));

  it('20,000 due are handed over once, oldest first by shard, under overlapping ticks and workers', async () => {
    const { due, dueAt } = await fillDueIndex(server, { entries: 20_000, shards, now });
    const handed: string[] = [];
    const sends: number[] = [];
    const calls: DuePageCall[] = [];
    const nobody = async (): Promise<void> => undefined;
    const deps: DrainDeps = {
      due,
      ledger: { load: async () => undefined, update: async () => ({ type: 'saved' }) },
      send: { enqueue: async (given) => void sends.push(...given.map(() => handed.length)) },
      enrol: { enqueue: nobody },
      react: {
        enqueue: async (given) =>
          void handed.push(...given.flatMap((call) => (call.type === 'customer' ? [call.customer] : []))),
      },
      pages: { enqueue: async (given) => void calls.push(...given) },
      hasTime: () => true,
    };
    const tick = async (at: number): Promise<void> => deps.pages.enqueue((await sweep(deps, at)).full);
    const worker = async (): Promise<void> => {
      for (let call = calls.shift(); call !== undefined; call = calls.shift()) await drain(deps, call, now);
    };
    await Promise.all([tick(now), tick(now), tick(now + 5)]);
    await Promise.all([worker(), worker(), worker(), worker(), tick(now + seconds(30))]);
    await worker();
    expect(handed).toHaveLength(20_000);
    expect(new Set(handed).size).toBe(20_000);
    for (let shard = 0; shard < shards; shard++) {
      const times = handed.flatMap((id) => (dueAt.get(id)?.shard === shard ? [dueAt.get(id)?.at ?? 0] : []));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    expect(sends.length).toBe(100);
    expect(Math.max(...sends)).toBeLessThan(2_000);
    await tick(now + minutes(1));
    expect(handed).toHaveLength(20_000);
    await tick(now + hours(1));
    expect(handed.length).toBeGreaterThan(20_000);
  }, 60_000);
});
