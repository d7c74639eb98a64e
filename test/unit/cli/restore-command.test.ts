import { expect, it } from 'vitest';
import { erasureLogged } from '../../support/restorable.ts';
import { cliScene } from './cli-scene.ts';

it('refuses while mail is not stopped, says what to do, and changes nothing', async () => {
  const scene = await cliScene();
  const { code, complaints } = await scene.run('restore');
  expect([code, complaints]).toEqual([1, expect.stringContaining('npm run perennial -- pause --all')]);
  expect(await scene.system.deps.restores.load('demo')).toBeUndefined();
});

it('goes through every store, shows how it comes on, and names the next commands', async () => {
  const scene = await cliScene();
  await scene.run('order --as ada@example.com --total 10');
  const { id } = (await scene.run('explain ada@example.com --json')).json();
  await scene.system.deps.erasureLog.note(erasureLogged(id));
  await scene.run('pause --all');
  const { code, out } = await scene.run('restore');
  expect(code).toBe(0);
  expect(out).toMatch(/1 erasure, 0 suppressed addresses and 0 opt-outs put back/);
  expect(out).toMatch(/1 unsent mail closed as restored/);
  expect(out).toMatch(/reconcile/);
  expect(out).toMatch(/npm run perennial -- resume --all/);
  expect((await scene.run('explain ada@example.com')).complaints).toContain('no customer');
  expect((await scene.system.deps.catalogue.settings('demo', 0))?.restoredAt).toBeGreaterThan(0);
});

it('gives the same to machines, and says where it stands without beginning anything', async () => {
  const scene = await cliScene();
  expect((await scene.run('restore --status')).out).toContain('no table was restored');
  await scene.run('pause --all');
  const begun = (await scene.run('restore --no-follow --json')).json();
  expect(begun).toMatchObject({ stores: [{ store: 'demo', step: 'log', finishedAt: null, left: 0 }] });
  expect((await scene.run('restore --status')).out).toContain('goes on by itself');
  const again = (await scene.run('restore --no-follow --json')).json();
  expect(again.stores[0].restoredAt).toBe(begun.stores[0].restoredAt);
  await scene.system.advanceTo(scene.system.now() + 1_000);
  expect((await scene.run('restore --no-follow --anew --json')).json().stores[0].restoredAt).not.toBe(
    begun.stores[0].restoredAt,
  );
});
