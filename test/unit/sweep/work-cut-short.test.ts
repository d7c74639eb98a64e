import { expect, it } from 'vitest';
import { rebasePages } from '../../../functions/sweep/rebase-page.ts';
import { asFarAsItGoes } from '../../../functions/sweep/waiting-work.ts';
import { beginRebase } from '../../../shared/domain/definitions/rebase.ts';
import { minutes } from '../../../shared/domain/time.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';
import { makeWorld } from '../../support/world.ts';

const now = Date.UTC(2026, 0, 5, 10);
const target = { lifecycle: 2, fit: 1 };

it('keeps the steps before the one that failed', async () => {
  const fault = new Error('no answer');
  const step = async (at: number) => (at === 3 ? Promise.reject(fault) : at + 1);
  expect(await asFarAsItGoes(0, step)).toEqual({ reached: 3, faults: [fault] });
  expect(await asFarAsItGoes(4, async (at) => (at === 7 ? undefined : at + 1))).toEqual({ reached: 7, faults: [] });
});

it('comes to an end although every third page of a rebase fails, and hands everybody over', async () => {
  const { deps } = await makeWorld();
  const shards = 64;
  const handed: ReactCall[] = [];
  let asked = 0;
  const roll = {
    shards,
    page: async (_store: string, shard: number) => {
      asked += 1;
      if (asked % 3 === 0) throw new Error('no answer');
      const decidedUnder = handed.length < shards ? { lifecycle: 1, fit: 0 } : target;
      return { entries: [{ customerId: `c${shard}`, stage: 'new', decidedUnder, sampleHash: 0 }] };
    },
  };
  const react = { enqueue: async (calls: readonly ReactCall[]) => void handed.push(...calls) };
  await deps.rebases.save('demo', beginRebase(target, undefined, { now, total: shards, perMinute: 1_000 }));
  let ticks = 0;
  for (let at = now; (await deps.rebases.load('demo'))?.dueAt !== undefined; at += minutes(1)) {
    const { faults } = await rebasePages({ rebases: deps.rebases, roll, react }, at);
    expect(faults.every((fault) => fault instanceof Error && fault.message === 'no answer')).toBe(true);
    ticks += 1;
    expect(ticks).toBeLessThan(5 * shards);
  }
  expect(new Set(handed.map((call) => (call.type === 'customer' ? call.customer : ''))).size).toBe(shards);
});
