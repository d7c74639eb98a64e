import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, periodOf } from '../../../functions/admin/reports/report-period.ts';
import { populationByDay } from '../../../functions/admin/reports/stage-report.ts';
import type { Visit } from '../../../shared/domain/customers/visit.ts';
import { days, utcDay } from '../../../shared/domain/time.ts';
import { adminScene, createdAt, now, skipped } from './admin-scene.ts';

const visit = (n: number, stage: string, daysAgo: number, from?: string): Visit => ({
  visit: n,
  stage,
  ...(from === undefined ? {} : { from }),
  effectiveAt: now - days(daysAgo),
  decidedAt: now - days(daysAgo),
  cause: 'order',
  decidedUnder: { lifecycle: 1, fit: 0 },
});

const moved = async () => {
  const scene = await adminScene();
  await scene.customers.recordVisit('demo', 'a', visit(1, 'new', 9));
  await scene.customers.recordVisit('demo', 'b', visit(1, 'new', 8));
  await scene.customers.recordVisit('demo', 'a', visit(2, 'active', 2, 'new'));
  return scene;
};

describe('stage report', () => {
  it('counts where customers stand, now and on every day before', async () => {
    const { body } = await (await moved()).ask({ path: '/v1/reports/stages' });
    expect(body.stages.find((s: { id: string }) => s.id === 'new')).toEqual({ id: 'new', customers: 1 });
    expect(body.stages.find((s: { id: string }) => s.id === 'active')).toEqual({ id: 'active', customers: 1 });
    expect(body.stages.map((s: { id: string }) => s.id).slice(0, 3)).toEqual(['lead', 'lost', 'one_time']);
    expect(body.byDay).toHaveLength(10);
    expect(body.byDay.map((d: { stages: Record<string, number> }) => d.stages['new'])).toEqual([
      1, 2, 2, 2, 2, 2, 2, 1, 1, 1,
    ]);
  });

  it('a part of the time stands on all that was before it', async () => {
    const { body } = await (await moved()).ask({
      path: '/v1/reports/stages',
      query: { from: '2026-03-05', to: '2026-03-07' },
    });
    expect(body.byDay.map((d: { day: string }) => d.day)).toEqual(['2026-03-05', '2026-03-06', '2026-03-07']);
    expect(body.stages.find((s: { id: string }) => s.id === 'new').customers).toBe(2);
  });

  it.each([{ from: '2026-03-09', to: '2026-03-05' }, { from: 'yesterday' }, { to: '2026-02-30' }])(
    'refuses %j',
    async (query) => {
      expect((await (await moved()).ask({ path: '/v1/reports/stages', query })).status).toBe(422);
    },
  );

  it('nobody is lost on the way: each day the populations sum to the arrivals so far', () => {
    const stage = fc.constantFrom('new', 'active', 'lost');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), stage), { maxLength: 30 }), (arrivals) => {
        const moves = arrivals
          .map(([n, id]) => ({ day: utcDay(createdAt + days(n)), counts: { [id]: 1 } }))
          .sort((a, b) => (a.day < b.day ? -1 : 1));
        // One entry a day, as the port promises.
        const perDay = [...Map.groupBy(moves, ({ day }) => day)].map(([day, all]) => ({
          day,
          counts: all.reduce<Record<string, number>>((sum, { counts }) => {
            for (const [id, n] of Object.entries(counts)) sum[id] = (sum[id] ?? 0) + n;
            return sum;
          }, {}),
        }));
        const to = utcDay(createdAt + days(20));
        for (const { day, stages } of populationByDay(perDay, ['new', 'active', 'lost'], utcDay(createdAt), to)) {
          const standing = Object.values(stages).reduce((a, b) => a + b, 0);
          expect(standing).toBe(moves.filter((move) => move.day <= day).length);
        }
      }),
    );
  });
});

describe('report period', () => {
  it('lies within the life of the store', () => {
    expect(periodOf({ from: '2020-01-01', to: '2099-01-01' }, createdAt, now)).toEqual({
      type: 'period',
      from: utcDay(createdAt),
      to: utcDay(now),
    });
  });
  it('days are consecutive across the end of February and the change to summer time', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysBetween('2026-03-28', '2026-03-30')).toHaveLength(3);
  });
});

describe('campaign report', () => {
  it('says how many went out and why the others did not', async () => {
    const scene = await adminScene();
    const at = { closedAt: now - days(1) };
    const states = [
      { status: 'skipped', reason: 'holdout', ...at },
      { status: 'skipped', reason: 'no-consent', ...at },
      { status: 'skipped', reason: 'no-consent', ...at },
      { status: 'failed', reason: 'message-rejected', ...at },
    ] as const;
    for (const [n, state] of states.entries()) await scene.ledger.create({ ...skipped, sendId: `s-${n}`, state });
    await scene.ledger.create({ ...skipped, sendId: 's-open', state: { status: 'pending' } });
    const { body } = await scene.ask({ path: '/v1/reports/campaigns' });
    expect(body.campaigns.find((c: { id: string }) => c.id === 'upsell')).toEqual({
      id: 'upsell',
      name: 'Upsell',
      active: false,
      sent: 0,
      withheld: { holdout: 1, 'no-consent': 2 },
      failed: { 'message-rejected': 1 },
      abandoned: 0,
    });
    expect(body.campaigns.find((c: { id: string }) => c.id === 'welcome').active).toBe(true);
    expect(body.campaigns).toHaveLength(6);
  });
});
