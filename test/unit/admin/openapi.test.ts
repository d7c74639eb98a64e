import { describe, expect, it } from 'vitest';
import { openApi } from '../../../functions/admin/openapi.ts';
import { routes } from '../../../functions/admin/routes.ts';
import { days } from '../../../shared/domain/time.ts';
import { ada, adminScene, bodies, now, skipped } from './admin-scene.ts';

const document = JSON.parse(JSON.stringify(openApi()));

const operations = Object.entries<
  Record<string, { operationId: string; responses: object; parameters: { name: string; in: string }[] }>
>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const full = async () => {
  const scene = await adminScene();
  await scene.add(ada, 'standard:c-1');
  await scene.ledger.create(skipped);
  await scene.customers.recordVisit('demo', 'ada-1', {
    visit: 1,
    stage: 'new',
    effectiveAt: now - days(3),
    decidedAt: now - days(3),
    cause: 'order',
    decidedUnder: { lifecycle: 1, fit: 0 },
  });
  await scene.intake.quarantine({
    store: 'demo',
    source: 'shopify',
    at: now,
    reason: 'unknown-topic',
    topic: 'x/y',
    ids: { id: '1' },
  });
  // Else a restore is refused.
  scene.setSending('paused');
  return scene;
};

describe('/openapi.json', () => {
  it('is public and answers GET only', async () => {
    const scene = await adminScene();
    expect((await scene.ask({ path: '/openapi.json', claims: {} })).body.openapi).toBe('3.1.0');
    const post = await scene.ask({ method: 'POST', path: '/openapi.json', claims: {} });
    expect([post.status, post.headers['allow']]).toEqual([405, 'GET']);
  });

  it('describes every route and no other', () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`).sort();
    expect(described).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(routes.length);
  });

  it('names every path parameter, once', () => {
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter((p) => p.in === 'path').map((p) => p.name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    }
  });

  it('points nowhere but into itself', () => {
    const text = JSON.stringify(document);
    for (const [, ref = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      expect(ref.startsWith('#/')).toBe(true);
      const target = ref
        .slice(2)
        .split('/')
        .reduce((node, part) => node?.[part], document);
      expect(target, ref).toBeDefined();
    }
    expect(text).not.toContain('"$schema"');
  });

  it.each(routes)('$method $path answers what it describes', async (route) => {
    const scene = await full();
    const body = bodies[route.operationId];
    const answer = await scene.ask({ method: route.method, path: route.path.replace('{id}', 'ada-1'), body });
    expect(answer.status).toBe(200);
    const parsed = route.response.safeParse(answer.body);
    expect(parsed.error).toBeUndefined();
    // Nothing undescribed slips out.
    expect(parsed.data).toEqual(answer.body);
  });

  it('an unknown address and a wrong method are problems', async () => {
    const scene = await full();
    const lost = await scene.ask({ path: '/v1/nothing' });
    expect([lost.status, lost.type]).toEqual([404, 'application/problem+json']);
    const wrong = await scene.ask({ method: 'DELETE', path: '/v1/store' });
    expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'GET']);
    expect((await scene.ask({ path: '/v1/customers/%E0%A4%A' })).status).toBe(404);
    expect((await scene.ask({ path: '/v1/customers%3Alookup' })).status).toBe(405);
  });
});
