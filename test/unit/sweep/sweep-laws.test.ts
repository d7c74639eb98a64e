import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { drain } from '../../../functions/sweep/drain.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { dueShard } from '../../../shared/adapters/dynamodb/keys.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import type { DueIndex, DueKind } from '../../../shared/ports/due-index.ts';
import { dueWorld } from './due-world.ts';

const now = Date.UTC(2026, 0, 5, 10);
const kinds = ['send', 'enrolment', 'customer'] as const satisfies readonly DueKind[];
type Due = Readonly<{ kind: (typeof kinds)[number]; customer: string; at: number }>;

const anyDue: fc.Arbitrary<readonly Due[]> = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), lateMs: fc.integer({ min: 0, max: hours(2) }) }), {
    minLength: 1,
    maxLength: 400,
    size: 'max',
  })
  .map((all) => all.map(({ kind, lateMs }, n) => ({ kind, customer: `c${n}`, at: now - lateMs })));

/** Every call of the index ends when the scheduler says so: any two of them may overlap. */
const slowed =
  (scheduler: fc.Scheduler) =>
  (index: DueIndex): DueIndex => ({
    ...index,
    shards: index.shards,
    oldest: scheduler.scheduleFunction(index.oldest.bind(index)),
    lease: scheduler.scheduleFunction(index.lease.bind(index)),
    release: scheduler.scheduleFunction(index.release.bind(index)),
  });

const countsOf = (all: readonly Readonly<{ kind: string; customer: string }>[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { kind, customer } of all) counts.set(`${kind} ${customer}`, (counts.get(`${kind} ${customer}`) ?? 0) + 1);
  return counts;
};

it('hands over every due entry exactly once, oldest first in its shard, however ticks and workers overlap', () =>
  fc.assert(
    fc.asyncProperty(
      anyDue,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.integer({ min: 0, max: seconds(20) }), { minLength: 1, maxLength: 4 }),
      fc.scheduler(),
      async (due, shards, ticks, scheduler) => {
        const world = dueWorld({ shards, due: slowed(scheduler) });
        for (const { kind, customer, at } of due) world.put(kind, customer, at);
        const work = async (at: number): Promise<void> => {
          const { full } = await sweep(world.deps, at);
          await world.deps.pages.enqueue([...full, ...full]); // a queue may deliver twice
          await Promise.all([workOff(at), workOff(at)]);
        };
        const workOff = async (at: number): Promise<void> => {
          for (let call = world.calls.shift(); call !== undefined; call = world.calls.shift())
            await drain(world.deps, call, at);
        };
        await scheduler.waitFor(Promise.all(ticks.map((late) => work(now + late))));
        expect([...countsOf(world.handed).values()].every((count) => count === 1)).toBe(true);
        expect(world.handed).toHaveLength(due.length);
        const dueAt = new Map(due.map(({ kind, customer, at }) => [`${kind} ${customer}`, at]));
        for (const kind of kinds)
          for (let shard = 0; shard < shards; shard++) {
            const times = world.handed
              .filter((entry) => entry.kind === kind && dueShard(entry.customer, shards) === shard)
              .map(({ customer }) => dueAt.get(`${kind} ${customer}`) ?? 0);
            expect(times).toEqual(times.toSorted((a, b) => a - b));
          }
      },
    ),
    { numRuns: 150 },
  ));

it('reaches every entry in the end, whatever is lost, and however many can never be handled', () =>
  fc.assert(
    fc.asyncProperty(
      anyDue,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat(9), { minLength: 50, maxLength: 50 }),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 10 }),
      async (due, shards, luck, poisoned) => {
        const world = dueWorld({ shards });
        const isPoison = (customer: string): boolean => poisoned.some((p) => p > 6 && customer.endsWith(String(p)));
        for (const { kind, customer, at } of due) world.put(kind, customer, at);
        let drawn = 0;
        const lost = (): boolean => (luck[drawn++ % luck.length] ?? 9) < 4;
        const open = new Set(
          due.filter(({ customer }) => !isPoison(customer)).map((one) => `${one.kind} ${one.customer}`),
        );
        for (let minute = 0; minute < 600 && open.size > 0; minute++) {
          const at = now + minutes(minute);
          await world.tick(at);
          if (lost()) world.calls.length = 0;
          await world.drainAll(at);
          for (const { kind, customer } of world.handed.splice(0)) {
            if (kind === 'settled' || isPoison(customer) || lost()) continue;
            world.handle(kind, customer);
            open.delete(`${kind} ${customer}`);
          }
        }
        expect([...open]).toEqual([]);
      },
    ),
    { numRuns: 60 },
  ));
