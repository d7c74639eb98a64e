import { describe, expect, it } from 'vitest';
import { drain } from '../../../functions/sweep/drain.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { dueWorld } from './due-world.ts';

const now = Date.UTC(2026, 0, 5, 10);
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `c${String(n).padStart(5, '0')}`);
const backlog = (world: ReturnType<typeof dueWorld>, count: number): readonly string[] => {
  const customers = numbered(count);
  for (const [n, customer] of customers.entries()) world.put('customer', customer, now - hours(1) + n);
  return customers;
};

describe('a tick', () => {
  it('hands over exactly what is due, and says when something else will be', async () => {
    const world = dueWorld();
    world.put('customer', 'due', now);
    world.put('customer', 'later', now + 1);
    expect(await world.tick(now)).toEqual({ full: [], faults: [], nextDueAt: now + 1 });
    expect(world.handed).toEqual([{ kind: 'customer', customer: 'due' }]);
  });

  it('takes no lease where nothing is due', async () => {
    let leases = 0;
    const world = dueWorld({
      due: (index) => ({ ...index, lease: (page, terms) => index.lease(page, terms).finally(() => leases++) }),
    });
    world.put('customer', 'later', now + 1);
    await world.tick(now);
    expect(leases).toBe(0);
  });

  it('asks whether all mail is stopped only when mails are due, and hands none over then', async () => {
    const world = dueWorld();
    const asked: string[] = [];
    const stopped = async () => asked.push('asked') > 0;
    world.put('customer', 'due', now);
    world.put('send', 'later', now + 1);
    await world.tick(now, stopped);
    expect(asked).toEqual([]);
    world.put('send', 'due', now);
    expect(await world.tick(now, stopped)).toMatchObject({ isStopped: true, faults: [] });
    expect(asked).toHaveLength(1);
    expect(world.handed.map(({ kind }) => kind)).toEqual(['customer']);
  });

  it('hands over no mail while nobody can say whether mail is stopped, and everything else', async () => {
    const world = dueWorld();
    world.put('customer', 'due', now);
    world.put('send', 'due', now);
    const fault = new Error('no answer');
    expect(await world.tick(now, () => Promise.reject(fault))).toMatchObject({ faults: [fault] });
    expect(world.handed.map(({ kind }) => kind)).toEqual(['customer']);
  });

  it('settles leases first, then hands over sends, enrolments and customers', async () => {
    const world = dueWorld({ shards: 4 });
    for (const kind of ['customer', 'enrolment', 'send', 'lease'] as const)
      for (const customer of numbered(20)) world.put(kind, customer, now);
    await world.tick(now);
    expect([...new Set(world.handed.map(({ kind }) => kind))]).toEqual(['settled', 'send', 'enrolment', 'customer']);
    expect(world.handed).toHaveLength(80);
  });

  it('offers again what still stands, one minute later', async () => {
    const world = dueWorld();
    world.put('customer', 'stuck', now);
    await world.tick(now);
    await world.tick(now + seconds(20));
    expect(world.handed).toHaveLength(1);
    await world.tick(now + minutes(1));
    expect(world.handed).toHaveLength(2);
  });

  it('goes on with the other kinds when one queue is down, and tells of it', async () => {
    const world = dueWorld({ refuse: (kind) => kind === 'send' });
    world.put('send', 'a', now);
    world.put('customer', 'b', now);
    const { faults } = await world.tick(now);
    expect(faults).toHaveLength(1);
    expect(world.handed).toEqual([{ kind: 'customer', customer: 'b' }]);
  });

  it('hands over at the next tick what a queue refused', async () => {
    let down = true;
    const world = dueWorld({ refuse: () => down });
    world.put('send', 'a', now);
    await world.tick(now);
    down = false;
    await world.tick(now + minutes(1));
    expect(world.handed).toEqual([{ kind: 'send', customer: 'a' }]);
  });
});

describe('a backlog', () => {
  it('is handed over once, oldest first, its first page too', async () => {
    const world = dueWorld();
    const customers = backlog(world, 3_000);
    await world.tick(now);
    await world.drainAll(now);
    expect(world.handed.map(({ customer }) => customer)).toEqual(customers);
  });

  it('is not handed over anew by every tick while consumers are still busy with it', async () => {
    const world = dueWorld();
    backlog(world, 3_000);
    for (let minute = 0; minute < 5; minute++) {
      await world.tick(now + minutes(minute));
      await world.drainAll(now + minutes(minute));
    }
    expect(world.handed).toHaveLength(3_000);
    await world.tick(now + minutes(6));
    await world.drainAll(now + minutes(6));
    expect(world.handed).toHaveLength(6_000);
  });

  it('lets what comes due meanwhile through at every tick', async () => {
    const world = dueWorld();
    backlog(world, 3_000);
    await world.tick(now);
    await world.drainAll(now);
    world.put('customer', 'fresh', now + seconds(30));
    world.put('send', 'fresh', now + seconds(30));
    await world.tick(now + minutes(1));
    expect(world.handed.slice(3_000)).toEqual([
      { kind: 'send', customer: 'fresh' },
      { kind: 'customer', customer: 'fresh' },
    ]);
  });

  it('of customers keeps no sends waiting: its worker hands on after a while', async () => {
    const world = dueWorld();
    backlog(world, 4_000);
    for (const customer of numbered(200)) world.put('send', customer, now);
    await world.tick(now);
    await world.drainAll(now);
    const kinds = world.handed.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('send')).toBeLessThan(300);
    expect(kinds).toHaveLength(4_200);
  });

  it('calls one worker, however many ticks see it', async () => {
    const world = dueWorld();
    backlog(world, 200);
    await world.tick(now);
    await world.tick(now + seconds(60));
    expect(world.calls).toHaveLength(1);
  });

  it('is taken up again by a tick when the message to its worker is lost', async () => {
    const world = dueWorld();
    const customers = backlog(world, 200);
    await world.tick(now);
    world.calls.length = 0;
    await world.tick(now + minutes(2));
    await world.drainAll(now + minutes(2));
    expect(world.handed.map(({ customer }) => customer)).toEqual(customers);
  });

  it('is drained once when the message comes twice', async () => {
    const world = dueWorld();
    backlog(world, 200);
    await world.tick(now);
    const [call] = world.calls.splice(0);
    if (call === undefined) throw new Error('no worker was called');
    await Promise.all([drain(world.deps, call, now), drain(world.deps, call, now)]);
    await drain(world.deps, call, now);
    expect(world.handed).toHaveLength(200);
  });

  it('stops when the function is about to be, and goes on behind the last page', async () => {
    const world = dueWorld();
    const customers = backlog(world, 500);
    await world.tick(now);
    let asked = 0;
    const [call] = world.calls.splice(0);
    if (call === undefined) throw new Error('no worker was called');
    await drain({ ...world.deps, hasTime: () => ++asked <= 3 }, call, now);
    expect(world.handed).toHaveLength(200);
    await world.drainAll(now);
    expect(world.handed.map(({ customer }) => customer)).toEqual(customers);
  });

  it('goes on behind a lease that cannot be settled', async () => {
    let refused = 0;
    const world = dueWorld({ refuse: (kind) => kind === 'lease' && ++refused === 1 });
    for (const [n, customer] of numbered(120).entries()) world.put('lease', customer, now - 1_000 + n);
    expect((await world.tick(now)).faults).toHaveLength(1);
    await world.drainAll(now);
    expect(world.handed).toHaveLength(119);
  });
});

it('what can never be handled is offered again and again, also while new entries keep coming', async () => {
  const world = dueWorld();
  world.put('customer', 'stuck', now);
  for (let minute = 0; minute < 60; minute++) {
    const at = now + minutes(minute);
    for (const customer of numbered(200)) world.put('customer', `${customer}-${minute}`, at);
    await world.tick(at);
    await world.drainAll(at);
    for (const { customer } of world.handed.slice(-200)) if (customer !== 'stuck') world.handle('customer', customer);
  }
  expect(world.handed.filter(({ customer }) => customer === 'stuck').length).toBeGreaterThan(1);
});
