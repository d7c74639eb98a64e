import { describe, expect, it } from 'vitest';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { presets } from '../../../shared/domain/lifecycle/presets/presets.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { fillStore } from '../../support/filled-world.ts';
import { shopKinds, simulateStore } from '../../support/simulated-store.ts';
import { ada, adminScene, demo, now } from './admin-scene.ts';

const preset = (name: string) => {
  const found = presets.find((one) => one.name === name)?.lifecycle;
  if (found === undefined) throw new Error(`no preset ${name}`);
  const { version: _, ...draft } = found;
  return draft;
};
const fourStages = preset('four-stage');
const { buying } = shopKinds['fashion'] ?? {};
if (buying === undefined) throw new Error('no shop of fashion');
const people = simulateStore({ seed: 5, customers: 150, days: 500, buying, startAt: now - days(500) });

const filled = async () => {
  const scene = await adminScene();
  await fillStore(scene.customers, demo, people, { now });
  return scene;
};

const put = (scene: Awaited<ReturnType<typeof filled>>, body: unknown) =>
  scene.ask({ method: 'PUT', path: '/v1/lifecycle', body });
const preview = (scene: Awaited<ReturnType<typeof filled>>, body: unknown) =>
  scene.ask({ method: 'POST', path: '/v1/lifecycle:preview', body });

describe('/v1/lifecycle', () => {
  it('before anything was published is the default, under the prior, in days', async () => {
    const { body } = await (await filled()).ask({ path: '/v1/lifecycle' });
    expect(body).toMatchObject({
      version: 1,
      name: 'ecommerce',
      fit: 0,
      versions: [{ version: 1, name: 'ecommerce' }],
    });
    expect(body.adoptedAt).toBeUndefined();
    expect(body.thresholds).toEqual([
      { share: 0.75, days: [94, 94, 94] },
      { share: 0.9, days: [185, 185, 185] },
      { share: 0.98, days: [308, 308, 308] },
    ]);
    expect(body.definition.stages.map(({ id }: { id: string }) => id)).toEqual(ecommerce.stages.map(({ id }) => id));
  });

  it('publishes the next version in either form, takes it over and begins a rebase', async () => {
    const scene = await filled();
    const first = await put(scene, fourStages);
    expect(first.body).toMatchObject({
      ...{ version: 2, name: 'four-stage', changed: true },
      rebase: { lifecycle: 2, fit: 0, customers: 150, done: 0, perMinute: 1_000 },
    });
    const second = await put(scene, { yaml: 'lifecycle: two\nstages:\n  - back: orders >= 2\n  - new: otherwise\n' });
    expect(second.body).toMatchObject({ version: 3, name: 'two', rebase: { lifecycle: 3 } });
    const { body } = await scene.ask({ path: '/v1/lifecycle' });
    expect(body).toMatchObject({ version: 3, name: 'two', adoptedAt: new Date(now).toISOString() });
    expect(body.versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
    const again = await put(scene, { yaml: body.yaml });
    expect(again.body).toEqual({ version: 3, name: 'two', changed: false });
    expect((await scene.ask({ path: '/v1/lifecycle/rebase' })).body.rebase).toMatchObject({ lifecycle: 3 });
  });

  it('refuses a bad one whole, naming every fault and where it is, and changes nothing', async () => {
    const scene = await filled();
    const yaml = 'lifecycle: two\nstages:\n  - back: order >= 2\n  - gone: silence > 175%\n  - new: otherwise\n';
    const text = await put(scene, { yaml });
    expect([text.status, text.type]).toEqual([422, 'application/problem+json']);
    expect(text.body.errors).toHaveLength(2);
    expect(text.body.errors[0]).toMatchObject({ path: expect.stringMatching(/^yaml:3:\d+ /) });
    expect(text.body.errors[0].rule).toContain('did you mean `orders`?');
    const data = await put(scene, { name: 'x', stages: [{ id: 'a', when: { fact: 'order', op: 'gt', value: 1 } }] });
    expect(data.status).toBe(422);
    expect(data.body.errors.map(({ path }: { path: string }) => path)).toContain('body.stages.0.when.fact');
    for (const body of [undefined, [], 'x', { yaml: 7 }]) expect((await put(scene, body)).status).toBe(422);
    expect((await scene.ask({ path: '/v1/lifecycle' })).body.version).toBe(1);
    expect((await scene.ask({ path: '/v1/lifecycle/rebase' })).body).toEqual({ rebase: null });
  });
});

describe('a preview', () => {
  it('counts who would move, and leaves everything as it is', async () => {
    const scene = await filled();
    const { body } = await preview(scene, fourStages);
    expect(body).toMatchObject({
      before: { version: 1 },
      after: { version: 2 },
      changed: true,
      asked: 150,
      customers: 150,
    });
    const stood = await Promise.all(people.map((_, n) => scene.customers.load('demo', `c${n}`, 'orders')));
    const lost = stood.filter(({ customer }) => customer?.stage === 'lost').length;
    expect(body.moves).toContainEqual({ from: 'lost', to: 'decline', customers: lost });
    expect(lost).toBeGreaterThan(0);
    const total = body.stages.reduce((sum: number, { customers }: { customers: number }) => sum + customers, 0);
    expect(total).toBe(150);
    expect(body.silentCampaigns).toEqual([{ campaign: 'welcome', stages: ['new'] }]);
    expect((await scene.ask({ path: '/v1/lifecycle' })).body.version).toBe(1);
  });

  it('of what is adopted already says so, and moves nobody', async () => {
    const scene = await filled();
    const { body: present } = await scene.ask({ path: '/v1/lifecycle' });
    const { body } = await preview(scene, present.definition);
    expect(body).toMatchObject({ changed: false, before: { version: 1 }, after: { version: 1 }, moves: [] });
  });

  it('says how many a lifecycle would leave out', async () => {
    const scene = await filled();
    await scene.add({ ...ada, customerId: 'staff-1', profile: { tags: ['wholesale'] } }, 'standard:c-9');
    const { body } = await preview(scene, { ...fourStages, exclude: ['tags has wholesale'] });
    expect(body).toMatchObject({ asked: 151, excluded: 1 });
  });
});

describe('/v1/fits', () => {
  it('lists every version with its thresholds and marks the adopted one', async () => {
    const scene = await filled();
    const { fit } = await scene.deps.definitions.adopted(demo, now);
    const saved = { fit: { ...fit, version: 1 }, madeAt: now - hours(1), customers: 150, flags: ['few-repeats'] };
    await scene.deps.definitions.saveFit('demo', saved);
    await scene.deps.definitions.adopt('demo', { version: 1, lifecycle: 1, fit: 1, at: now });
    const { body } = await scene.ask({ path: '/v1/fits' });
    expect(body.items).toMatchObject([
      { version: 1, customers: 150, flags: ['few-repeats'], adopted: true, madeAt: '2026-03-10T11:00:00.000Z' },
      { version: 0, customers: 0, adopted: false },
    ]);
  });
});

it('offers each preset in a form that publishes', async () => {
  const scene = await filled();
  const { body } = await scene.ask({ path: '/v1/lifecycle/presets' });
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['four-stage', 'ecommerce']),
  );
  for (const { definition, yaml } of body.items) {
    expect((await preview(scene, definition)).status).toBe(200);
    expect((await preview(scene, { yaml })).status).toBe(200);
  }
});

it('marks each take-over in the report of stages', async () => {
  const scene = await filled();
  await put(scene, fourStages);
  const { body } = await scene.ask({ path: '/v1/reports/stages' });
  expect(body.marks).toEqual([{ at: new Date(now).toISOString(), lifecycle: 2, fit: 0 }]);
  const before = await scene.ask({ path: '/v1/reports/stages', query: { to: '2026-03-09' } });
  expect(before.body.marks).toEqual([]);
});
