import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backInOrder,
  newPace,
  nextWindow,
  type Pace,
  type Quota,
  slower,
  stopped,
  take,
  warmupAllowance,
} from '../../../../shared/domain/pace/pace.ts';
import { days, type EpochMs, hours, minutes, seconds } from '../../../../shared/domain/time.ts';
import { start } from '../../../support/customers.ts';

const quota = (change: Partial<Quota> = {}): Quota => ({
  ...{ perSecond: 14, perDay: 50_000, sentLastDay: 0, readAt: start },
  ...change,
});

/** Takes as many marketing tokens as there are at each of these instants. */
const drain = (instants: readonly EpochMs[], allowed: Quota, from: Pace = newPace) => {
  let pace = from;
  const given: { startsAt: EpochMs; tokens: number }[] = [];
  for (const now of instants)
    for (;;) {
      const said = take(pace, allowed, 'marketing', now);
      if (said.type === 'wait') break;
      given.push({ startsAt: said.startsAt, tokens: said.tokens });
      pace = said.next;
    }
  return { pace, given };
};

describe('the pace of sending', () => {
  it('never gives out more than the rate in any stretch of time, but for one block at its beginning', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 200 }), (waits, perSecond) => {
        let now = start;
        const { given } = drain(
          waits.map((wait) => (now += wait)),
          quota({ perSecond }),
        );
        const block = Math.max(1, Math.floor(perSecond / 5));
        let most = 0;
        for (const [i, first] of given.entries()) {
          let sum = 0;
          for (const { startsAt, tokens } of given.slice(i)) {
            sum += tokens;
            most = Math.max(most, sum - (perSecond * (startsAt - first.startsAt)) / seconds(1));
          }
        }
        expect(most).toBeLessThanOrEqual(block + 1e-6);
      }),
    );
  });

  it('answers to people get a token where campaigns are told to wait', () => {
    const { pace } = drain([start], quota());
    expect(take(pace, quota(), 'marketing', start)).toMatchObject({ type: 'wait', because: 'rate' });
    expect(take(pace, quota(), 'transactional', start)).toMatchObject({ type: 'taken', tokens: 1 });
  });

  it("the day's quota stops campaigns at 95 %, answers at the whole, and frees when the reading says so", () => {
    const used = quota({ perDay: 200, sentLastDay: 190 });
    expect(take(newPace, used, 'marketing', start)).toEqual({
      type: 'wait',
      until: start + minutes(10),
      because: 'day',
    });
    expect(take(newPace, used, 'transactional', start).type).toBe('taken');
    expect(take(newPace, quota({ perDay: 200, sentLastDay: 200 }), 'transactional', start).type).toBe('wait');
    expect(take(newPace, { ...used, sentLastDay: 100, readAt: start + minutes(10) }, 'marketing', start).type).toBe(
      'taken',
    );
  });

  it('what was taken since the reading counts until the next reading', () => {
    const allowed = quota({ perDay: 200, sentLastDay: 0, perSecond: 1_000_000 });
    let now = start;
    const { given, pace } = drain(
      Array.from({ length: 50 }, () => (now += minutes(1))),
      allowed,
    );
    expect(given.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(190);
    expect(take(pace, { ...allowed, readAt: now, sentLastDay: 190 }, 'marketing', now).type).toBe('wait');
    expect(take(pace, { ...allowed, readAt: now, sentLastDay: 10 }, 'marketing', now).type).toBe('taken');
  });

  it('containers that read the quota at different times share one count of it', () => {
    const readings = [0, 1, 2].map((n) => quota({ perDay: 40, readAt: start + seconds(n) }));
    let pace = newPace;
    let tokens = 0;
    for (let n = 0; n < 200; n++) {
      const [reading, now] = [readings[n % 3] ?? quota(), start + seconds(2 + n)];
      const said = take(pace, reading, 'marketing', now);
      if (said.type === 'wait') continue;
      tokens += said.tokens;
      pace = said.next;
    }
    expect(tokens).toBe(38);
  });

  it('a reading that comes into use late still counts what was handed out after it', () => {
    const [early, late] = [quota({ perDay: 40, perSecond: 1 }), quota({ perDay: 40, perSecond: 1, readAt: start + 1 })];
    let { pace } = drain([start + seconds(5), start + seconds(15), start + seconds(25)], early);
    const taken = pace.taken;
    expect(taken).toBeGreaterThan(20);
    const said = take(pace, late, 'marketing', start + seconds(35));
    expect(said.type === 'taken' && said.next.taken).toBe(taken + 1);
    // One made after all of them were used knows of them all.
    pace = said.type === 'taken' ? said.next : pace;
    const fresh = { ...late, readAt: start + minutes(2), sentLastDay: taken + 1 };
    const after = take(pace, fresh, 'marketing', start + minutes(2));
    expect(after.type === 'taken' && after.next).toMatchObject({ taken: 1, countedSent: taken + 1 });
  });

  it('"slower" halves the rate, at most once in ten seconds, and it recovers a twentieth a minute to the whole', () => {
    const half = slower(newPace, start);
    expect(half?.share).toBe(0.5);
    expect(slower(half ?? newPace, start + seconds(5))).toBeUndefined();
    let pace = half ?? newPace;
    for (let n = 1; n < 20; n += 1) pace = slower(pace, start + seconds(11 * n)) ?? pace;
    expect(pace.share).toBeGreaterThanOrEqual(0.05);
    const later = take(pace, quota(), 'marketing', start + days(1));
    expect(later.type === 'taken' && later.next.share).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (quiet) => {
        const said = take(half ?? newPace, quota(), 'transactional', start + minutes(quiet));
        if (said.type === 'taken') expect(said.next.share).toBeCloseTo(Math.min(1, 0.5 + 0.05 * quiet), 9);
      }),
    );
  });

  it('a used-up day stops everybody for ten minutes, once', () => {
    const pace = stopped(newPace, start);
    expect(pace?.stoppedUntil).toBe(start + minutes(10));
    expect(stopped(pace ?? newPace, start + 1)).toBeUndefined();
    for (const kind of ['marketing', 'transactional'] as const) {
      expect(take(pace ?? newPace, quota(), kind, start + minutes(10) - 1).type).toBe('wait');
      expect(take(pace ?? newPace, quota(), kind, start + minutes(10)).type).toBe('taken');
    }
  });

  it('what waits for the day waits for one instant, whenever it was told to: within a quarter of an hour', () => {
    const told = Array.from({ length: 600 }, (_, n) =>
      take(newPace, quota({ perDay: 1 }), 'marketing', start + seconds(n)),
    );
    const until = told.map((said) => (said.type === 'wait' ? said.until : 0));
    expect(new Set(until).size).toBe(2);
    for (const [n, at] of until.entries()) {
      expect(at - (start + seconds(n))).toBeGreaterThanOrEqual(minutes(5));
      expect(at - (start + seconds(n))).toBeLessThan(minutes(15));
    }
    expect(nextWindow(start + 1, hours(1))).toBe(nextWindow(start + minutes(29), hours(1)));
  });

  it('what waits for one instant comes back by class and priority, within three seconds', () => {
    const marketing = [100, 90, 40, 0].map((priority) => backInOrder(start, { class: 'marketing', priority }));
    const answers = [100, 0].map((priority) => backInOrder(start, { class: 'transactional', priority }));
    expect(answers).toEqual([start, start]);
    expect([start, ...marketing]).toEqual([...new Set([start, ...marketing])].sort((a, b) => a - b));
    expect(Math.max(...marketing)).toBeLessThan(start + seconds(3));
  });

  it('a new sender may send more each day, and after two weeks as many as it likes', () => {
    const allowed = Array.from({ length: 15 }, (_, day) => warmupAllowance(start, start + days(day)));
    for (let day = 1; day < 14; day += 1) expect(allowed[day]).toBeGreaterThan(allowed[day - 1] ?? 0);
    expect(allowed[0]).toBe(200);
    expect(allowed[14]).toBeUndefined();
    expect(warmupAllowance(undefined, start)).toBeUndefined();
  });
});
