import { describe, expect, it } from 'vitest';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { days } from '../../../shared/domain/time.ts';
import { ada, adminScene, demo, now, skipped } from './admin-scene.ts';

const opened = async () => {
  const scene = await adminScene();
  await scene.add(ada, 'standard:c-1');
  return scene;
};

describe('one customer', () => {
  it('stands in a stage, since when, until when by time alone, with the facts', async () => {
    const { status, body } = await (await opened()).ask({ path: '/v1/customers/ada-1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'ada-1', stage: 'active', visit: 2, since: '2026-02-08T12:00:00.000Z' });
    expect(body.wakeAt).toBe('2026-05-13T12:00:00.000Z');
    expect(body.facts).toMatchObject({ orders: 2, revenue: 120.5, 'lastOrder.at': '2026-02-08T12:00:00.000Z' });
    expect(body.facts['silence.days']).toBeCloseTo(30);
    expect(body.profile).toMatchObject({ email: 'ada@example.com', tags: ['vip'] });
  });

  it('says null, not nothing, when no wake is set', async () => {
    const scene = await adminScene();
    const { wakeAt: _, ...still } = ada;
    await scene.add(still, 'standard:c-1');
    expect((await scene.ask({ path: '/v1/customers/ada-1' })).body).toHaveProperty('wakeAt', null);
  });

  it('is found by external id, and by address whatever its case', async () => {
    const scene = await opened();
    const byId = await scene.ask({ path: '/v1/customers', query: { externalId: 'standard:c-1' } });
    expect(byId.body).toEqual({ id: 'ada-1', items: [{ id: 'ada-1', stage: 'active' }] });
    const byMail = await scene.ask({
      method: 'POST',
      path: '/v1/customers:lookup',
      body: { email: ' ADA@Example.com ' },
    });
    expect(byMail.body.id).toBe('ada-1');
  });

  it('nobody: an empty list by external id, 404 by address and by id', async () => {
    const scene = await opened();
    expect((await scene.ask({ path: '/v1/customers', query: { externalId: 'standard:c-2' } })).body).toEqual({
      items: [],
    });
    expect(
      (await scene.ask({ method: 'POST', path: '/v1/customers:lookup', body: { email: 'b@example.com' } })).status,
    ).toBe(404);
    expect((await scene.ask({ path: '/v1/customers/nobody' })).status).toBe(404);
  });

  it('erased: gone, with the reason, and unknown by address', async () => {
    const scene = await opened();
    await scene.customers.save(tombstoneOf({ ...ada, version: 1 }, now));
    const { status, type, body } = await scene.ask({ path: '/v1/customers/ada-1' });
    expect([status, type, body.reason]).toEqual([410, 'application/problem+json', 'erased']);
    expect((await scene.ask({ path: '/v1/customers/ada-1/timeline' })).status).toBe(410);
    expect((await scene.ask({ path: '/v1/customers/ada-1:explain' })).status).toBe(410);
    expect(
      (await scene.ask({ method: 'POST', path: '/v1/customers:lookup', body: { email: 'ada@example.com' } })).status,
    ).toBe(404);
    expect((await scene.ask({ path: '/v1/customers', query: { externalId: 'standard:c-1' } })).body).toEqual({
      items: [],
    });
  });

  it('merged: answers as its root', async () => {
    const scene = await opened();
    await scene.add({ ...ada, customerId: 'ada-2', profile: {}, mergedInto: 'ada-1' }, 'standard:c-9');
    expect((await scene.ask({ path: '/v1/customers/ada-2' })).body.id).toBe('ada-1');
    expect((await scene.ask({ path: '/v1/customers', query: { externalId: 'standard:c-9' } })).body.id).toBe('ada-1');
  });

  it('a circle of merges ends as unknown, not in a loop', async () => {
    const scene = await adminScene();
    await scene.add({ ...ada, mergedInto: 'ada-2' }, 'standard:c-1');
    await scene.add({ ...ada, customerId: 'ada-2', mergedInto: 'ada-1' }, 'standard:c-2');
    expect((await scene.ask({ path: '/v1/customers/ada-1' })).status).toBe(404);
  });

  it.each([
    [{ externalId: 'c-1' }, 'query.externalId'],
    [{ externalId: 'standard:c-1', stage: 'loyal' }, 'query.externalId'],
    [{ limit: '0' }, 'query.limit'],
    [{ limit: 'many' }, 'query.limit'],
    [{ satge: 'loyal' }, 'query.satge'],
  ])('refuses %j and names the place', async (query, path) => {
    const { status, body } = await (await opened()).ask({ path: '/v1/customers', query });
    expect(status).toBe(422);
    expect(body.errors.map((fault: { path: string }) => fault.path)).toContain(path);
  });

  it.each([undefined, {}, { email: 'no address' }, { email: 'a@b.example', extra: 1 }])(
    'refuses lookup of %j, not repeating it',
    async (body) => {
      const answer = await (await opened()).ask({ method: 'POST', path: '/v1/customers:lookup', body });
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body)).not.toContain('no address');
    },
  );

  it('refuses a body that is not JSON', async () => {
    const { status, body } = await (await opened()).ask({ method: 'POST', path: '/v1/customers:lookup', rawBody: '{' });
    expect([status, body.errors]).toEqual([422, [{ path: 'body', rule: 'must be JSON' }]]);
  });
});

describe('why a customer stands there', () => {
  it('the rule that holds, what time alone does next, consent and contact', async () => {
    const scene = await opened();
    await scene.customers.restrictContact('demo', 'ada-1', { optedOutAt: now - days(1) });
    const { body } = await scene.ask({ path: '/v1/customers/ada-1:explain' });
    expect(body).toMatchObject({
      from: 'new',
      cause: 'order',
      rule: 'orders >= 2',
      next: { stage: 'at_risk', at: '2026-05-13T12:00:00.000Z', rule: 'silence > 75%' },
      consent: { state: 'granted', basis: 'express' },
      contact: { optedOutAt: '2026-03-09T12:00:00.000Z' },
    });
  });

  it('may be mailed by what they and everybody they were merged with said', async () => {
    const mayBe = async (change: (scene: Awaited<ReturnType<typeof opened>>) => Promise<unknown>) => {
      const scene = await opened();
      await scene.customers.save({ ...ada, version: 2, aliases: ['ada-0'] });
      await scene.customers.save({ ...ada, customerId: 'ada-0', mergedInto: 'ada-1' });
      await change(scene);
      return (await scene.ask({ path: '/v1/customers/ada-1:explain' })).body.mayBeMailed;
    };
    expect(await mayBe(async () => undefined)).toBe(true);
    expect(await mayBe(({ customers }) => customers.restrictContact('demo', 'ada-0', { optedOutAt: now }))).toBe(false);
    expect(
      await mayBe(({ customers }) =>
        customers.restrictContact('demo', 'ada-1', { suppressedAt: now, suppressedBy: 'bounce' }),
      ),
    ).toBe(false);
  });

  it('names the horizon of its silence: longer where people buy rarely', async () => {
    const scene = await opened();
    await scene.stores.put({ ...demo, rhythm: 'slow' });
    const { body } = await scene.ask({ path: '/v1/customers/ada-1:explain' });
    expect(body.silenceHorizonDays).toBeCloseTo((365 * 120) / 45);
  });

  it('agrees with the wake react wrote', async () => {
    const { body } = await (await opened()).ask({ path: '/v1/customers/ada-1:explain' });
    expect(body.next.at).toBe(body.wakeAt);
  });
});

describe('timeline', () => {
  const lived = async () => {
    const scene = await opened();
    const { customers, ledger } = scene;
    const under = { lifecycle: 1, fit: 0 };
    await customers.recordVisit('demo', 'ada-1', {
      visit: 1,
      stage: 'new',
      effectiveAt: now - days(200),
      decidedAt: now - days(200),
      cause: 'order',
      causeOrder: 'standard:1001',
      decidedUnder: under,
    });
    await customers.recordVisit('demo', 'ada-1', {
      visit: 2,
      stage: 'active',
      from: 'new',
      effectiveAt: now - days(30),
      decidedAt: now - days(30),
      cause: 'order',
      causeOrder: 'standard:1002',
      decidedUnder: under,
    });
    await customers.putConsent('demo', 'ada-1', {
      id: 'st-1',
      purpose: 'marketing',
      state: 'granted',
      basis: 'express',
      source: 'checkout',
      at: now - days(200),
      recordedAt: now - days(200),
    });
    await customers.putEnrolment('demo', 'ada-1', {
      campaign: 'upsell',
      version: 1,
      occurrence: '2',
      arm: 'held-out',
      enrolledAt: now - days(30),
      goalUntil: now,
      status: 'ended',
      endedBy: 'goal-reached',
      convertedAt: now - days(10),
      startedBy: 'standard:1002',
    });
    await customers.putOrderRow('demo', 'ada-1', {
      key: 'standard:1002',
      version: '1',
      status: 'paid',
      kind: 'one_time',
      channel: 'online',
      test: false,
      placedAt: now - days(30),
      totalMinor: 5_900,
      refundedMinor: 0,
      besidesMinor: 0,
    });
    await customers.restrictContact('demo', 'ada-1', {
      suppressedAt: now - days(1),
      suppressedBy: 'bounce',
      optedOutAt: now - days(2),
    });
    await ledger.create(skipped);
    return scene;
  };

  it('holds everything that happened, newest first', async () => {
    const { body } = await (await lived()).ask({ path: '/v1/customers/ada-1/timeline' });
    expect(body.items.map((item: { type: string }) => item.type)).toEqual([
      'suppression',
      'opt-out',
      'conversion',
      'send',
      'enrolment',
      'order',
      'visit',
      'consent',
      'visit',
    ]);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        type: 'send',
        campaign: 'upsell',
        send: 'send-1',
        status: 'skipped',
        reason: 'holdout',
      }),
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({ type: 'enrolment', arm: 'held-out', reason: 'goal-reached' }),
    );
    expect(body.cursor).toBeUndefined();
  });

  it.each([1, 2, 4, 200])('pages of %i give the same list, each item once', async (limit) => {
    const scene = await lived();
    const whole = (await scene.ask({ path: '/v1/customers/ada-1/timeline' })).body.items;
    const paged: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query: Record<string, string> = { limit: String(limit), ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await scene.ask({ path: '/v1/customers/ada-1/timeline', query });
      expect(body.items.length).toBeLessThanOrEqual(limit);
      paged.push(...body.items);
      cursor = body.cursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
  });

  it('holds what its aliases lived through', async () => {
    const scene = await lived();
    await scene.customers.save({ ...ada, version: 2, aliases: ['ada-0'] });
    await scene.customers.putConsent('demo', 'ada-0', {
      id: 'st-0',
      purpose: 'marketing',
      state: 'withdrawn',
      basis: 'express',
      source: 'alias',
      at: now - days(5),
      recordedAt: now,
    });
    const { body } = await scene.ask({ path: '/v1/customers/ada-1/timeline' });
    expect(body.items).toContainEqual(expect.objectContaining({ type: 'consent', source: 'alias' }));
  });
});
