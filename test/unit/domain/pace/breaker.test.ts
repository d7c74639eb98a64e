import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterBadNews,
  type Breaker,
  newBreaker,
  permit,
  probes,
  verdictAfterMs,
} from '../../../../shared/domain/pace/breaker.ts';
import { type HourCounts, hourOf, mailHealth } from '../../../../shared/domain/pace/mail-health.ts';
import { wilsonInterval } from '../../../../shared/domain/pace/wilson.ts';
import { days, type EpochMs, hours } from '../../../../shared/domain/time.ts';
import { start } from '../../../support/customers.ts';

const at = (when: EpochMs, sent: number, bounced = 0, complained = 0): HourCounts => ({
  ...{ hour: hourOf(when), sent, bounced, complained },
});

describe("Wilson's interval", () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the published one (Newcombe 1998)', (hits, of, low, high) => {
    const [l, h] = wilsonInterval(hits, of, 1.96);
    expect(l).toBeCloseTo(low, 4);
    expect(h).toBeCloseTo(high, 4);
  });

  it('holds the share itself, narrows with more of the same, and says nothing of nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const hits = Math.round(of * share);
        const [low, high] = wilsonInterval(hits, of, 1.645);
        expect(low).toBeLessThanOrEqual(hits / of + 1e-12);
        expect(high).toBeGreaterThanOrEqual(hits / of - 1e-12);
        const [low4, high4] = wilsonInterval(hits * 4, of * 4, 1.645);
        expect(high4 - low4).toBeLessThan(high - low);
      }),
    );
    expect(wilsonInterval(0, 0, 1.645)).toEqual([0, 1]);
  });
});

describe('mail health', () => {
  it('few events prove nothing: nine bounces or two complaints open nothing, however few mails', () => {
    for (const sent of [10, 100, 1_000]) {
      expect(mailHealth([at(start, sent, 9)], 0, start).level).not.toBe('ill');
      expect(mailHealth([at(start, sent, 0, 2)], 0, start).level).not.toBe('ill');
    }
  });

  it('ten bounces in 100 mails, or three complaints in 1,000, are ill; the same in many more are not', () => {
    expect(mailHealth([at(start, 100, 10)], 0, start)).toEqual({ level: 'ill', cause: 'bounces' });
    expect(mailHealth([at(start, 1_000, 0, 3)], 0, start)).toEqual({ level: 'ill', cause: 'complaints' });
    expect(mailHealth([at(start, 10_000, 10, 3)], 0, start)).toEqual({ level: 'well' });
    expect(mailHealth([at(start, 1_000, 35)], 0, start).level).toBe('warn');
  });

  it('a bad day counts in a good week, and a bad week on a good day; what is older than a week does not', () => {
    const goodWeek = [2, 3, 4, 5, 6].map((day) => at(start - days(day), 10_000));
    expect(mailHealth([...goodWeek, at(start, 1_000, 100)], 0, start).level).toBe('ill');
    const badWeek = [2, 3, 4].map((day) => at(start - days(day), 100, 20));
    expect(mailHealth([...badWeek, at(start, 200)], 0, start).level).toBe('ill');
    expect(mailHealth([at(start - days(8), 100, 100, 100)], 0, start)).toEqual({ level: 'well' });
    expect(mailHealth(badWeek, start - days(1), start)).toEqual({ level: 'well' });
  });

  it('more bad news never makes it better, more good mails never worse', () => {
    const rank = { well: 0, warn: 1, ill: 2 } as const;
    const some = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(some, some, some, some, (sent, bounced, complained, more) => {
        const level = (counts: HourCounts) => rank[mailHealth([counts], 0, start).level];
        const base = level(at(start, sent + bounced + complained, bounced, complained));
        expect(level(at(start, sent + bounced + complained + more, bounced + more, complained))).toBeGreaterThanOrEqual(
          base,
        );
        expect(level(at(start, sent + bounced + complained + more, bounced, complained))).toBeLessThanOrEqual(base);
      }),
    );
  });
});

const opened = (now: EpochMs): Breaker => {
  const next = afterBadNews(newBreaker, [at(now, 100, 20)], now);
  if (next === undefined) throw new Error('did not open');
  return next;
};

describe('the circuit breaker', () => {
  it('opens on ill health and has marketing wait until its time, not an instant longer', () => {
    const breaker = opened(start);
    expect(breaker).toMatchObject({ state: 'open', cause: 'bounces', until: start + hours(12), version: 1 });
    expect(permit(breaker, start + hours(12) - 1)).toEqual({ type: 'wait', until: start + hours(12) });
    expect(permit(breaker, start + hours(12))).toMatchObject({ type: 'go', next: { state: 'half-open' } });
    expect(afterBadNews(breaker, [at(start, 100, 90)], start)).toBeUndefined();
  });

  it('half-open lets exactly 50 mails through, then waits a day for what becomes of them', () => {
    let breaker = opened(start);
    const now = start + hours(12);
    let went = 0;
    for (;;) {
      const said = permit(breaker, now);
      if (said.type === 'wait') break;
      went += 1;
      if (said.next !== undefined) breaker = said.next;
      if (went > 1_000) break;
    }
    expect(went).toBe(probes);
    const over = breaker.since + verdictAfterMs;
    expect(permit(breaker, over - 1)).toEqual({ type: 'wait', until: over });
    const closed = permit(breaker, over);
    expect(closed).toMatchObject({ type: 'go', next: { state: 'closed', openings: 0, countFrom: breaker.since } });
    // What opened it is forgotten, what came since is not.
    if (closed.type === 'go' && closed.next) {
      expect(afterBadNews(closed.next, [at(start, 100, 20)], over)).toBeUndefined();
      expect(afterBadNews(closed.next, [at(over, 100, 20)], over)?.state).toBe('open');
    }
  });

  it('a complaint or three bounces about the probes open it again, for twice as long, up to a week', () => {
    let breaker = opened(start);
    let wait = hours(12);
    for (let round = 0; round < 8; round += 1) {
      const said = permit(breaker, breaker.until ?? 0);
      if (said.type !== 'go' || said.next === undefined) throw new Error('not half-open');
      const now = said.next.since + hours(2);
      expect(afterBadNews(said.next, [at(now, 10, 2)], now)).toBeUndefined();
      const again = afterBadNews(said.next, [at(now, 10, 0, 1)], now);
      wait = Math.min(2 * wait, days(7));
      expect(again).toMatchObject({ state: 'open', cause: 'complaints', until: now + wait });
      breaker = again ?? breaker;
    }
  });

  it('each change is one version further, so that two containers cannot both make it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 40 })), { maxLength: 60 }), (steps) => {
        let breaker = newBreaker;
        let now = start;
        for (const [bad, wait] of steps) {
          now += hours(wait);
          const said = permit(breaker, now);
          const next = bad
            ? afterBadNews(breaker, [at(now, 100, 30, 5)], now)
            : said.type === 'go'
              ? said.next
              : undefined;
          if (next !== undefined) {
            expect(next.version).toBe(breaker.version + 1);
            breaker = next;
          }
          if (breaker.state === 'half-open') expect(breaker.probesLeft).toBeLessThan(probes);
        }
      }),
    );
  });
});
