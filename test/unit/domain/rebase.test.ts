import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  afterMinute,
  allowanceOf,
  beginRebase,
  type Rebase,
  takePage,
} from '../../../shared/domain/definitions/rebase.ts';
import { minutes } from '../../../shared/domain/time.ts';

const target = { lifecycle: 2, fit: 3 };
const old = { lifecycle: 1, fit: 3 };

type Roll = Map<string, { lifecycle: number; fit: number }>[];

const pageOf = (roll: Roll, { shard, after = '' }: Rebase, limit: number) => {
  const ids = [...(roll[shard] ?? new Map()).keys()].sort().filter((id) => id > after);
  const entries = ids
    .slice(0, limit)
    .map((customerId) => ({ customerId, decidedUnder: roll[shard]?.get(customerId) ?? old }));
  const next = entries.at(-1)?.customerId;
  return { entries, ...(ids.length > limit && next !== undefined ? { next } : {}) };
};

/** Runs a rebase to its end over a roll; `decide` says whether react manages. */
const run = (roll: Roll, perMinute: number, limit: number, decide: (id: string, round: number) => boolean) => {
  let rebase = beginRebase(target, undefined, { now: 0, total: 0, perMinute });
  const handed: string[][] = [];
  for (let minute = 0; rebase.dueAt !== undefined && minute < 10_000; minute++) {
    const now = rebase.dueAt;
    let allowed = allowanceOf(rebase);
    const inMinute: string[] = [];
    while (rebase.shard < roll.length && allowed.hand > 0 && allowed.look > 0) {
      const taken = takePage(rebase, pageOf(roll, rebase, limit), allowed);
      inMinute.push(...taken.hand);
      ({ rebase, allowed } = taken);
    }
    const { round } = rebase;
    rebase = afterMinute(rebase, roll.length, now);
    for (const id of inMinute)
      for (const shard of roll) if (shard.has(id) && decide(id, round)) shard.set(id, { ...target });
    handed.push(inMinute);
  }
  return { rebase, handed };
};

const anyRoll = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 12 }), {
  minLength: 1,
  maxLength: 5,
});
const rollFrom = (shards: readonly (readonly number[])[], behind: (n: number) => boolean): Roll =>
  shards.map((ids, shard) => new Map(ids.map((n) => [`c${shard}-${n}`, behind(n) ? { ...old } : { ...target }])));

it('reaches everybody behind, never faster than it may, and hands on nobody who is already there', () => {
  fc.assert(
    fc.property(anyRoll, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), (shards, perMinute, limit) => {
      const roll = rollFrom(shards, (n) => n % 3 !== 0);
      const behind = roll.flatMap((shard) => [...shard].flatMap(([id, under]) => (under.lifecycle < 2 ? [id] : [])));
      const { rebase, handed } = run(roll, perMinute, limit, () => true);
      expect(handed.flat().toSorted()).toEqual(behind.toSorted());
      for (const minute of handed) expect(minute.length).toBeLessThanOrEqual(perMinute);
      expect(rebase).toMatchObject({ total: shards.flat().length, handed: 0 });
      expect(rebase.finishedAt).toBeDefined();
      expect(rebase.left).toBeUndefined();
    }),
  );
});

it('finds in a later round whom an earlier one lost, and says how many it gave up on', () => {
  fc.assert(
    fc.property(anyRoll, fc.integer({ min: 1, max: 7 }), fc.boolean(), (shards, perMinute, forEver) => {
      const roll = rollFrom(shards, () => true);
      const isLost = (id: string, round: number) => id.endsWith('7') && (forEver || round < 3);
      const { rebase } = run(roll, perMinute, 4, (id, round) => !isLost(id, round));
      const left = shards.flat().filter((n) => n % 10 === 7).length;
      expect(rebase.left).toBe(forEver && left > 0 ? left : undefined);
      const under = roll.flatMap((shard) => [...shard]).filter(([id]) => !(forEver && id.endsWith('7')));
      for (const [, { lifecycle }] of under) expect(lifecycle).toBe(2);
    }),
  );
});

it('finds whom a function wrote late that still remembered the versions before', () => {
  const roll: Roll = [new Map()];
  const rounds: number[] = [];
  let rebase = beginRebase(target, undefined, { now: 0, total: 0, perMinute: 5 });
  while (rebase.dueAt !== undefined) {
    const now = rebase.dueAt;
    const taken = takePage(rebase, pageOf(roll, rebase, 9), allowanceOf(rebase));
    for (const id of taken.hand) roll[0]?.set(id, { ...target });
    rounds.push(taken.hand.length);
    rebase = afterMinute(taken.rebase, 1, now);
    // Not there yet when everybody was looked at for the first time.
    if (rounds.length === 1) roll[0]?.set('c-late', { ...old });
  }
  expect(rounds).toEqual([0, 1, 0]);
  expect(rebase.left).toBeUndefined();
});

it('begins anew when other versions are published, a minute after them', () => {
  const first = {
    ...beginRebase(old, undefined, { now: 0, total: 9, perMinute: 5 }),
    shard: 40,
    after: 'c',
    passed: 7,
  };
  expect(beginRebase(target, first, { now: minutes(3), total: 9, perMinute: 5 })).toEqual({
    ...target,
    version: 2,
    startedAt: minutes(3),
    perMinute: 5,
    total: 9,
    round: 1,
    shard: 0,
    passed: 0,
    handed: 0,
    dueAt: minutes(4),
  });
});
