import { describe, expect, it } from 'vitest';
import { routes } from '../../../functions/admin/routes.ts';
import { ada, adminScene, bodies, demo } from './admin-scene.ts';

const sample = (path: string) => path.replace('{id}', 'ada-1');
const opened = async () => {
  const scene = await adminScene();
  await scene.add(ada, 'standard:c-1');
  scene.setSending('paused');
  return scene;
};

const matrix = routes.flatMap((route) =>
  (['viewer', 'marketer', 'admin'] as const).map((role) => ({ route, role, may: route.roles.includes(role) })),
);

describe('who may call what', () => {
  it.each(matrix)('$role on $route.method $route.path: $may', async ({ route, role, may }) => {
    const { status, type } = await (await opened()).ask({
      method: route.method,
      path: sample(route.path),
      body: bodies[route.operationId],
      claims: { perennial_role: role, perennial_store: 'demo' },
    });
    expect(status).toBe(may ? 200 : 403);
    expect(type).toBe(may ? 'application/json' : 'application/problem+json');
  });

  it('only what names, changes or publishes is closed to a role', () => {
    expect(matrix.filter(({ may }) => !may).map(({ route, role }) => [route.path, role])).toEqual([
      ['/v1/customers:lookup', 'viewer'],
      ['/v1/customers/{id}', 'viewer'],
      ['/v1/customers/{id}', 'marketer'],
      ['/v1/customers/{id}:export', 'viewer'],
      ['/v1/customers/{id}:export', 'marketer'],
      ['/v1/suppressions:lookup', 'viewer'],
      ['/v1/suppressions:lookup', 'marketer'],
      ['/v1/suppressions:lift', 'viewer'],
      ['/v1/suppressions:lift', 'marketer'],
      ['/v1/lifecycle', 'viewer'],
      ['/v1/reconcile', 'viewer'],
      ['/v1/reconcile', 'marketer'],
      ['/v1/restore', 'viewer'],
      ['/v1/restore', 'marketer'],
    ]);
  });

  it.each([
    {},
    { perennial_role: 'owner' },
    { perennial_role: '' },
    { perennial_role: '[admin viewer]' },
    { sub: 'x' },
  ])('refuses a token that names no single known role: %j', async (claims) => {
    const { status, body } = await (await opened()).ask({ path: '/v1/store', claims });
    expect(status).toBe(403);
    expect(body).toMatchObject({ type: 'about:blank', status: 403, title: 'Forbidden' });
  });

  it('refuses a request without an authorizer', async () => {
    const { deps } = await opened();
    const { answer } = await import('../../../functions/admin/answer.ts');
    const event = { rawPath: '/v1/store', requestContext: { http: { method: 'GET' } } };
    // The authorizer in front makes this impossible; if it is ever misconfigured, nothing opens.
    const result = await answer(deps, event as Parameters<typeof answer>[1], 0);
    expect(result.statusCode).toBe(403);
  });

  it('a viewer sees no person: neither profile nor the facts that name one', async () => {
    const { body } = await (await opened()).ask({
      path: '/v1/customers/ada-1',
      claims: { perennial_role: 'viewer', perennial_store: 'demo' },
    });
    expect(body.profile).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/ada@|example\.com|"Ada"|vip|"GB"/);
    expect(body.facts.orders).toBe(2);
  });

  it('a viewer sees no reward code', async () => {
    const { body } = await (await opened()).ask({
      path: '/v1/store',
      claims: { perennial_role: 'viewer', perennial_store: 'demo' },
    });
    expect(JSON.stringify(body)).not.toContain('THANKS');
  });
});

describe('which store a call is about', () => {
  const asked = async (claims: Record<string, unknown>, store?: string) => {
    const scene = await opened();
    await scene.stores.put({ ...demo, id: 'other' });
    return scene.ask({ path: '/v1/store', claims, ...(store === undefined ? {} : { query: { store } }) });
  };

  it('the only one the token names, without being asked', async () => {
    expect((await asked({ perennial_role: 'admin', perennial_store: 'demo' })).body.id).toBe('demo');
  });
  it('the parameter, when the token is for every store', async () => {
    expect((await asked({ perennial_role: 'admin' }, 'other')).body.id).toBe('other');
    expect((await asked({ perennial_role: 'admin', perennial_store: 'demo *' }, 'other')).body.id).toBe('other');
  });
  it('the token may name one for calls that name none, and still cover all', async () => {
    expect((await asked({ perennial_role: 'admin', perennial_store: 'demo *' })).body.id).toBe('demo');
  });
  it('is asked for by name when the token leaves it open', async () => {
    for (const claims of [{ perennial_role: 'admin' }, { perennial_role: 'admin', perennial_store: '[demo other]' }]) {
      const { status, body } = await asked(claims);
      expect(status).toBe(422);
      expect(body.errors).toEqual([{ path: 'query.store', rule: 'must name a store' }]);
    }
  });
  it('never one the token does not cover', async () => {
    expect((await asked({ perennial_role: 'admin', perennial_store: 'demo' }, 'other')).status).toBe(403);
  });
  it('is unknown when nobody added it', async () => {
    expect((await asked({ perennial_role: 'admin' }, 'nowhere')).status).toBe(404);
  });
});
