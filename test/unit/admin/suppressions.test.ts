import { describe, expect, it } from 'vitest';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { days, toIso } from '../../../shared/domain/time.ts';
import { ada, adminClaims, adminScene, key, now } from './admin-scene.ts';

const email = 'ada@example.com';
const address = addressHash(key, 'demo', email);
const since = now - days(5);

const opened = async (by?: 'bounce' | 'complaint' | 'erasure', change = {}) => {
  const scene = await adminScene();
  await scene.add({ ...ada, ...change }, 'standard:c-1');
  if (by !== undefined) await scene.suppressions.add('demo', address, { by, at: since });
  const call = (verb: 'lift' | 'lookup') => (body: object) =>
    scene.ask({ method: 'POST', path: `/v1/suppressions:${verb}`, body: { email, ...body } });
  return { ...scene, lift: call('lift'), lookup: () => call('lookup')({}) };
};

describe('lifting a suppression', () => {
  it('is asked of react, with the word and by keyed hash: no address is in the message', async () => {
    const { lift, reactCalls } = await opened('bounce');
    const answer = await lift({ email: ' Ada@Example.com ', because: 'mailbox was full' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted', by: 'bounce', id: 'ada-1' } });
    expect(reactCalls).toEqual([
      { type: 'lift', store: 'demo', address, customer: 'ada-1', because: 'mailbox was full', at: now },
    ]);
  });

  it('needs a date after a complaint, and says which', async () => {
    const { lift, reactCalls } = await opened('complaint');
    for (const agreedAt of [undefined, toIso(since)]) {
      const { status, body } = await lift({ because: 'asked again', agreedAt });
      expect([status, body.errors[0].path]).toEqual([422, 'body.agreedAt']);
      expect(body.errors[0].rule).toContain(toIso(since));
    }
    const late = await lift({ because: 'asked again', agreedAt: toIso(now + 1) });
    expect([late.status, late.body.errors[0].rule]).toEqual([422, 'must not be in the future']);
    expect(reactCalls).toEqual([]);
    const agreedAt = since + days(1);
    expect((await lift({ because: 'asked again', agreedAt: toIso(agreedAt) })).status).toBe(200);
    expect(reactCalls).toMatchObject([{ type: 'lift', agreedAt }]);
  });

  it('is refused alike for an address never seen, one that may be mailed, and one that was erased', async () => {
    const refusals = await Promise.all([
      opened().then(({ lift }) => lift({ because: 'because of it' })),
      opened().then(({ lift }) => lift({ email: 'nobody@example.com', because: 'because of it' })),
      opened('erasure').then(({ lift }) => lift({ because: 'because of it' })),
      opened('bounce', { erasedAt: now - 1 }).then(({ lift }) => lift({ because: 'because of it' })),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(refusals.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it.each([
    [{ because: 'x' }, 'body.because'],
    [{}, 'body.because'],
    [{ because: 'enough', email: 'no address' }, 'body.email'],
    [{ because: 'enough', agreedAt: 'yesterday' }, 'body.agreedAt'],
    [{ because: 'enough', force: true }, 'body.force'],
  ])('refuses %j, naming %s', async (body, path) => {
    const { status, body: said } = await (await opened('bounce')).lift(body);
    expect([status, said.errors[0].path]).toEqual([422, path]);
  });

  it('is for the role admin alone', async () => {
    const { ask } = await opened('bounce');
    for (const perennial_role of ['viewer', 'marketer'])
      for (const verb of ['lift', 'lookup'])
        expect(
          await ask({
            ...{ method: 'POST', path: `/v1/suppressions:${verb}`, claims: { ...adminClaims, perennial_role } },
            body: { email, because: 'because of it' },
          }),
        ).toMatchObject({ status: 403 });
  });
});

describe('looking a suppression up', () => {
  it('says why and since when, and nothing of an erased person', async () => {
    const body = async (...given: Parameters<typeof opened>) => (await (await opened(...given)).lookup()).body;
    expect(await body('bounce')).toEqual({ suppressed: true, by: 'bounce', since: toIso(since), id: 'ada-1' });
    expect(await body('complaint')).toMatchObject({ suppressed: true, by: 'complaint' });
    for (const given of [[], ['erasure'], ['bounce', { erasedAt: now }]] as Parameters<typeof opened>[])
      expect(await body(...given)).toEqual({ suppressed: false });
  });

  it('answers for an address of which nobody but the list knows', async () => {
    const { suppressions, ask } = await opened();
    const other = 'other@example.com';
    await suppressions.add('demo', addressHash(key, 'demo', other), { by: 'bounce', at: since });
    const { body } = await ask({ method: 'POST', path: '/v1/suppressions:lookup', body: { email: other } });
    expect(body).toEqual({ suppressed: true, by: 'bounce', since: toIso(since) });
  });
});

describe('the audit trail', () => {
  const lived = async () => {
    const scene = await opened();
    const { customers } = scene;
    const lifting = { by: 'complaint', suppressedAt: since, because: 'letter of Ada', agreedAt: since + 1 } as const;
    await customers.putLifting('demo', 'ada-1', { ...lifting, at: now - days(2) });
    await customers.restrictContact('demo', 'ada-1', { suppressedAt: since, suppressedBy: 'complaint' });
    await customers.restrictContact('demo', 'ada-1', { liftedAt: now - days(2) });
    return scene;
  };
  type Item = Readonly<Record<string, unknown>>;
  const told = async ({ ask }: Awaited<ReturnType<typeof lived>>, perennial_role = 'admin') => {
    const claims = { ...adminClaims, perennial_role };
    const { items } = (await ask({ path: '/v1/customers/ada-1/timeline', claims })).body;
    return items.filter(({ type }: Item) => String(type).startsWith('suppression'));
  };

  it('stands in the timeline with what was lifted, why, and at whose word', async () => {
    expect(await told(await lived())).toEqual([
      {
        ...{ type: 'suppression-lifted', at: toIso(now - days(2)), reason: 'complaint', because: 'letter of Ada' },
        agreedAt: toIso(since + 1),
      },
      { type: 'suppression', at: toIso(since), reason: 'complaint' },
    ]);
  });

  it('keeps the words from those who see no names', async () => {
    const [lifted] = await told(await lived(), 'viewer');
    expect(lifted).not.toHaveProperty('because');
  });

  it('still tells of a suppression that another followed', async () => {
    const scene = await lived();
    await scene.customers.restrictContact('demo', 'ada-1', { suppressedAt: now, suppressedBy: 'bounce' });
    expect((await told(scene)).map(({ type, reason }: Item) => [type, reason])).toEqual([
      ['suppression', 'bounce'],
      ['suppression-lifted', 'complaint'],
      ['suppression', 'complaint'],
    ]);
  });

  it('explain counts what was lifted no more, and what stands on an alias', async () => {
    const scene = await lived();
    const explained = async () => (await scene.ask({ path: '/v1/customers/ada-1:explain' })).body;
    expect((await explained()).contact).not.toHaveProperty('suppressedAt');
    expect((await explained()).mayBeMailed).toBe(true);
    await scene.customers.save({ ...ada, version: 2, aliases: ['ada-0'] });
    await scene.customers.save({ ...ada, customerId: 'ada-0', mergedInto: 'ada-1' });
    await scene.customers.restrictContact('demo', 'ada-0', { suppressedAt: now, suppressedBy: 'bounce' });
    expect((await explained()).mayBeMailed).toBe(false);
  });
});
