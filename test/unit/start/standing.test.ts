import { describe, expect, it } from 'vitest';
import { demoStore } from '../../../infra/local/start/boot/demo-store.ts';
import { fewOfEach } from '../../../infra/local/start/print/few-of-each.ts';
import type { TableContents } from '../../../infra/local/start/summary/read-table.ts';
import { standingOf } from '../../../infra/local/start/summary/standing.ts';
import { wentOut } from '../../../infra/local/start/summary/went-out.ts';
import type { Enrolment } from '../../../shared/domain/campaigns/enrolment.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T12:00:00Z');
const decided = {
  store: demoStore({ createdAt: 0 }),
  lifecycle: ecommerce,
  under: () => ({ lifecycle: ecommerce, fit: priorFit('normal') }),
  policy: { pendingCounts: false, excludedChannels: [] },
};

const buyer = (customerId: string, silentDays: number, more: Partial<Customer> = {}): Customer => {
  const lastAt = now - silentDays * day;
  return {
    ...{
      store: 'demo',
      customerId,
      version: 1,
      firstSeenAt: lastAt,
      experimentKey: customerId,
      generation: 0,
      identities: [],
    },
    ...{ profile: {}, profileAt: lastAt, stage: 'new', visit: 1, since: lastAt, decidedAt: lastAt, cause: 'order' },
    ...{ decidedUnder: { lifecycle: 1, fit: 0 }, wakeAt: lastAt + 94 * day },
    history: {
      ...{
        orders: 1,
        counted: 1,
        placed: 1,
        revenueMinor: 1_000,
        firstRevenueMinor: 1_000,
        refundedMinor: 0,
        grossMinor: 1_000,
        unconverted: 0,
      },
      ...{ firstAt: lastAt, lastAt, recent: [], fresh: [] },
    },
    ...more,
  };
};

const row = (customerId: string, placedAt: number, totalMinor: number): TableContents['orderRows'][number] => ({
  ...{
    customerId,
    key: `shopify:${customerId}-${placedAt}`,
    version: '1',
    status: 'paid',
    kind: 'one_time',
    channel: 'online',
  },
  ...{ test: false, placedAt, totalMinor, refundedMinor: 0, besidesMinor: 0 },
});

const contents = (more: Partial<TableContents>): TableContents => ({
  ...{ customers: [], orderRows: [], enrolments: [], sends: [], contacts: new Map(), orders: 0 },
  ...more,
});

describe('where customers stand', () => {
  it('names what time alone does next, after how many days, and to how many this week', () => {
    const table = contents({ customers: [buyer('a', 10), buyer('b', 90), buyer('c', 93)] });
    const standing = standingOf(table, decided, now).find(({ stage }) => stage === 'new');
    expect(standing).toMatchObject({ people: 3, next: { stage: 'one_time', fromDays: 94, toDays: 94, thisWeek: 2 } });
  });

  it('counts the last year only, and the orders of an alias with its root', () => {
    const table = contents({
      customers: [buyer('a', 10), buyer('b', 10, { mergedInto: 'a' })],
      orderRows: [row('a', now - 10 * day, 1_000), row('b', now - 20 * day, 500), row('a', now - 400 * day, 9_999)],
    });
    const standing = standingOf(table, decided, now).find(({ stage }) => stage === 'new');
    expect(standing).toMatchObject({ people: 1, netYearMinor: 1_500 });
  });

  it('leaves out the erased', () => {
    const table = contents({ customers: [buyer('a', 10, { erasedAt: now })] });
    expect(standingOf(table, decided, now).every(({ people }) => people === 0)).toBe(true);
  });
});

describe('what went out', () => {
  it('tells orders of both arms apart, so that each can be said of how many', () => {
    const enrolment = (customerId: string, arm: Enrolment['arm'], converted: boolean) => ({
      ...{ customerId, campaign: 'win-back', version: 1, occurrence: '1', arm, enrolledAt: 0, goalUntil: day },
      status: 'running' as const,
      ...(converted ? { convertedAt: 1 } : {}),
    });
    const enrolments = [
      enrolment('a', 'mailed', true),
      enrolment('b', 'mailed', false),
      enrolment('c', 'held-out', true),
    ];
    expect(wentOut(['win-back'], contents({ enrolments }), new Map([['win-back', 2]]))).toEqual([
      { campaign: 'win-back', people: 3, heldOut: 1, mails: 2, orderedMailed: 1, orderedHeldOut: 1 },
    ]);
  });
});

describe('one fault in a loop', () => {
  it('is told a few times, whatever its ids, and another one still gets through', () => {
    const told: string[] = [];
    const tell = fewOfEach((line) => void told.push(line), 2);
    for (let n = 0; n < 9; n += 1) tell(`react ${n} failed`);
    tell('send 1 failed');
    expect(told).toEqual(['react 0 failed', 'react 1 failed (more of these are not shown)', 'send 1 failed']);
  });
});
