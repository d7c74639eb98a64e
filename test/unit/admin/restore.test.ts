import { expect, it } from 'vitest';
import { adminScene } from './admin-scene.ts';

const claims = { perennial_role: 'admin', perennial_store: 'demo' };
const opened = async () => {
  const scene = await adminScene();
  const ask = (method: string, body?: unknown) => scene.ask({ method, path: '/v1/restore', claims, body });
  return { ...scene, ask };
};

it('is refused while mail is not stopped', async () => {
  const scene = await opened();
  expect((await scene.ask('POST')).status).toBe(409);
  expect((await scene.ask('GET')).body).toEqual({ restore: null });
});

it('is begun once, goes on when asked again, and begins anew on request', async () => {
  const scene = await opened();
  scene.setSending('paused');
  const first = await scene.ask('POST');
  expect(first).toMatchObject({ status: 200, body: { begun: true, restore: { step: 'log', done: { sends: 0 } } } });
  expect((await scene.ask('POST')).body).toEqual({ begun: false, restore: first.body.restore });
  expect((await scene.ask('GET')).body).toEqual({ restore: first.body.restore });
  expect((await scene.ask('POST', { anew: true })).body.begun).toBe(true);
});
