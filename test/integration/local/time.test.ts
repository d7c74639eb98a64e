import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockTarget } from '../../../infra/local/engine/control/clock-target.ts';
import { Activity } from '../../../infra/local/engine/time/activity.ts';
import { VirtualClock } from '../../../infra/local/engine/time/clock.ts';
import { Schedule } from '../../../infra/local/engine/time/schedule.ts';
import { parseSchedule } from '../../../infra/local/engine/time/schedule-expression.ts';
import { Timers } from '../../../infra/local/engine/time/timers.ts';
import { TimeTravel } from '../../../infra/local/engine/time/travel.ts';
import { getJson, post, type RunningMini, startMini } from './fixture/running.ts';

const start = Date.parse('2025-01-01T00:00:00Z');
const minute = 60_000;
/** Jobs are due on the minute and between minutes. */
const dueAt = (job: number) => start + (job * minute) / 2;

/** Everything that runs, and when, in one virtual day: jobs due at some minutes, some of them put there by writes on the way. */
const play = async (
  jobs: readonly number[],
  writes: readonly { at: number; job: number }[],
  mode: 'ticks' | 'idles' | 'follows',
): Promise<{ done: string[]; ticks: number }> => {
  const clock = new VirtualClock(start);
  const timers = new Timers(clock);
  const activity = new Activity();
  const due = new Set(jobs);
  const done: string[] = [];
  let written = 0;
  let ticks = 0;
  const run = async (at: number) => {
    ticks += 1;
    for (const job of [...due].filter((one) => dueAt(one) <= at)) {
      due.delete(job);
      schedule.follow({ job }, {});
      written += 1;
      done.push(`${job}@${Math.floor((at - start) / minute)}`);
    }
    const idleUntil = due.size === 0 ? null : dueAt(Math.min(...due));
    return {
      type: 'returned' as const,
      payload: JSON.stringify(mode === 'ticks' ? {} : { idleUntil, ...(mode === 'follows' && { follows: 'dueSk' }) }),
    };
  };
  const schedule = new Schedule(
    {
      next: parseSchedule('rate(1 minute)'),
      now: () => clock.now(),
      writes: () => written,
      run: (at) => activity.during(() => run(at)),
    },
    timers,
  );
  schedule.start();
  for (const { at, job } of writes) {
    timers.at(start + at * minute + 10_000, () => {
      due.add(job);
      schedule.follow({ job }, { dueSk: { S: `${String(dueAt(job)).padStart(15, '0')}#${job}` } });
      written += 1;
      schedule.wake();
    });
  }
  await new TimeTravel(clock, timers, activity).to(start + 1_440 * minute);
  timers.close();
  return { done, ticks };
};

describe('schedules', () => {
  it('skipping by idleUntil does the same things at the same minutes as ticking through', async () => {
    const moment = fc.integer({ min: 0, max: 1_430 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(moment, { maxLength: 5 }),
        fc.array(fc.record({ at: moment, job: moment }), { maxLength: 4 }),
        async (jobs, writes) => {
          const skipped = await play(jobs, writes, 'idles');
          const followed = await play(jobs, writes, 'follows');
          const ticked = await play(jobs, writes, 'ticks');
          expect(followed.done).toEqual(ticked.done);
          expect(followed.ticks).toBeLessThanOrEqual(skipped.ticks + 1);
          expect(skipped.done).toEqual(ticked.done);
          expect(ticked.ticks).toBeGreaterThanOrEqual(1_439);
          expect(skipped.ticks).toBeLessThanOrEqual(2 + 3 * (jobs.length + writes.length));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('a write that lands while the handler makes up its mind voids its promise', async () => {
    const clock = new VirtualClock(start);
    const timers = new Timers(clock);
    const activity = new Activity();
    const ticks: number[] = [];
    let written = 0;
    const run = async (at: number) => {
      ticks.push((at - start) / minute);
      if (ticks.length === 1) {
        written += 1;
        schedule.wake();
      }
      return { type: 'returned' as const, payload: '{"idleUntil":null}' };
    };
    const task = { next: parseSchedule('rate(1 minute)'), now: () => clock.now(), writes: () => written };
    const schedule = new Schedule({ ...task, run: (at) => activity.during(() => run(at)) }, timers);
    schedule.start();
    await new TimeTravel(clock, timers, activity).to(start + 60 * minute);
    timers.close();
    expect(ticks).toEqual([1, 2]);
  });

  it.each([
    ['rate(5 minutes)', 'UTC', '2025-01-01T00:00:00Z', '2025-01-01T00:05:00Z'],
    ['rate(1 day)', 'UTC', '2025-01-01T13:00:00Z', '2025-01-02T00:00:00Z'],
    ['cron(30 2 * * ? *)', 'UTC', '2025-01-01T02:30:00Z', '2025-01-02T02:30:00Z'],
    ['cron(0 8 ? * MON-FRI *)', 'UTC', '2025-01-03T09:00:00Z', '2025-01-06T08:00:00Z'],
    ['cron(0/15 9,17 1 */3 ? *)', 'UTC', '2025-01-01T17:45:00Z', '2025-04-01T09:00:00Z'],
    ['cron(0 3 * * ? *)', 'Europe/London', '2025-07-01T00:00:00Z', '2025-07-01T02:00:00Z'],
    ['cron(30 1 * * ? *)', 'Europe/London', '2025-03-30T00:00:00Z', '2025-03-31T00:30:00Z'],
    ['cron(0 0 29 2 ? *)', 'UTC', '2025-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ])('%s in %s after %s is %s', (expression, zone, after, expected) => {
    expect(new Date(parseSchedule(expression, zone)(Date.parse(after)) ?? 0).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it.each([
    'rate(1 week)',
    'cron(0 0 L * ? *)',
    'cron(0 0 * *)',
    'at(2025-01-01T00:00:00)',
    'rate(0 minutes)',
    'cron(61 0 * * ? *)',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow(/cannot run a schedule/);
  });
});

describe('the clock', () => {
  const now = Date.parse('2025-01-31T00:00:00Z');

  it('goes by ISO durations and to instants, months as the calendar has them', () => {
    expect(clockTarget({ advance: 'P30D' }, now)).toEqual({ type: 'target', at: now + 30 * 86_400_000 });
    expect(clockTarget({ advance: 'P1M' }, now)).toEqual({ type: 'target', at: Date.parse('2025-02-28T00:00:00Z') });
    expect(clockTarget({ to: '2025-03-01T01:00:00+01:00' }, now)).toEqual({
      type: 'target',
      at: Date.parse('2025-03-01T00:00:00Z'),
    });
  });

  it.each([
    {},
    null,
    { advance: 'soon' },
    { advance: '-PT1S' },
    { to: '2025-01-30T23:59:59Z' },
    { to: 'tomorrow' },
    { advance: 'P1D', to: '2026-01-01T00:00:00Z' },
    { advance: 5 },
  ])('refuses %j', (body) => {
    expect(clockTarget(body, now).type).toBe('refused');
  });

  it('never goes back, whatever it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 20 }), (moves) => {
        const clock = new VirtualClock(start);
        let last = clock.now();
        for (const move of moves) {
          clock.moveTo(last + move);
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
    );
  });

  it('fires timers in order of time, cancelled ones never', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ delay: fc.integer({ min: 0, max: 1e9 }), cancel: fc.boolean() }), { maxLength: 40 }),
        async (entries) => {
          const clock = new VirtualClock(start);
          const timers = new Timers(clock);
          const fired: number[] = [];
          for (const { delay, cancel } of entries) {
            const timer = timers.at(start + delay, () => fired.push(delay));
            if (cancel) timer.cancel();
          }
          await new TimeTravel(clock, timers, new Activity()).to(start + 1e9 + 1);
          timers.close();
          expect(fired).toEqual(
            entries
              .filter(({ cancel }) => !cancel)
              .map(({ delay }) => delay)
              .sort((a, b) => a - b),
          );
        },
      ),
    );
  });
});

describe('time in a running stack', () => {
  let stack: RunningMini;
  let db: DynamoDBClient;
  beforeAll(async () => {
    stack = await startMini({ clockStartAt: start });
    db = new DynamoDBClient({
      endpoint: stack.awsEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    });
  });
  afterAll(() => stack.close());

  const query = async (pk: string) =>
    (
      await db.send(
        new QueryCommand({
          TableName: 'mini',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
        }),
      )
    ).Items ?? [];

  it('moves by the control plane, never back, and answers when idle', async () => {
    const answer = await post(`${stack.control}/clock`, { to: '2025-01-02T00:00:00Z' });
    expect(await answer.json()).toMatchObject({ now: expect.stringMatching(/^2025-01-02T00:00:0/) });
    for (const body of [{ to: '2025-01-01T00:00:00Z' }, { advance: 'nonsense' }]) {
      const refused = await post(`${stack.control}/clock`, body);
      expect(refused.status).toBe(422);
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
    }
    expect(stack.now()).toBeGreaterThanOrEqual(Date.parse('2025-01-02T00:00:00Z'));
  });

  it('a year with nothing to do takes no time; what is due is done in its own minute', async () => {
    const due = stack.now() + 200 * 86_400_000;
    await db.send(new PutItemCommand({ TableName: 'mini', Item: { pk: { S: 'DUE' }, sk: { S: String(due) } } }));
    const began = performance.now();
    await stack.advanceTo(stack.now() + 365 * 86_400_000);
    expect(performance.now() - began).toBeLessThan(5_000);
    const [done] = await query('DONE');
    expect(Number(done?.['minute']?.N)).toBe(Math.ceil(due / minute));
    const status = await getJson(`${stack.control}/status`);
    expect(status).toMatchObject({ functions: { sweep: { errors: 0 } } });
  });

  it('an item expires in virtual time, and its removal looks like an expiry', async () => {
    const expiresAt = Math.floor(stack.now() / 1_000) + 3_600;
    await db.send(
      new PutItemCommand({
        TableName: 'mini',
        Item: { pk: { S: 'T' }, sk: { S: 'a' }, expiresAt: { N: String(expiresAt) } },
      }),
    );
    await db.send(
      new PutItemCommand({
        TableName: 'mini',
        Item: { pk: { S: 'T' }, sk: { S: 'b' }, expiresAt: { N: String(expiresAt) } },
      }),
    );
    await db.send(new PutItemCommand({ TableName: 'mini', Item: { pk: { S: 'T' }, sk: { S: 'b' } } }));
    await stack.idle();
    await stack.advanceTo((expiresAt - 5) * 1_000);
    expect(await query('T')).toHaveLength(2);
    await stack.advanceTo((expiresAt + 5) * 1_000);
    expect((await query('T')).map(({ sk }) => sk?.S)).toEqual(['b']);
    const removals = () => stack.lines.filter((line) => line.startsWith('watch REMOVE'));
    await expect.poll(removals).toEqual(['watch REMOVE a Service dynamodb.amazonaws.com']);
  });
});
