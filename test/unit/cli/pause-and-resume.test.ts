import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ssmKillSwitch } from '../../../shared/adapters/ssm/ssm-kill-switch.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { type AwsWire, startAwsWire, wireCredentials } from '../../support/aws-wire.ts';
import { cliScene } from './cli-scene.ts';

describe('pause and resume', () => {
  it('one store waits by its settings, and goes on without a trace', async () => {
    const scene = await cliScene();
    const settings = () => scene.system.deps.catalogue.settings('demo', 0);
    const before = await settings();
    const paused = await scene.run('pause demo --json');
    expect(paused.json()).toMatchObject({ store: 'demo', sending: 'paused', all: 'on' });
    expect((await settings())?.pausedAt).toBeGreaterThan(0);
    const since = (await settings())?.pausedAt;
    await scene.run('pause demo');
    expect((await settings())?.pausedAt).toBe(since);
    expect((await scene.run('resume demo')).code).toBe(0);
    expect(await settings()).toEqual(before);
  });

  it('--all needs no store and no table, and resuming one store says that all is stopped', async () => {
    const scene = await cliScene();
    expect((await scene.run('pause --all --json')).json()).toMatchObject({ all: true, sending: 'paused' });
    expect((await scene.run('resume demo')).out).toContain('resume --all');
    expect((await scene.run('resume demo --json')).json()).toMatchObject({ all: 'paused' });
    expect((await scene.run('resume --all --json')).json()).toMatchObject({ sending: 'on' });
    expect((await scene.run('resume demo --json')).json()).toMatchObject({ all: 'on' });
  });

  it('says what is missing or too much', async () => {
    const scene = await cliScene();
    expect((await scene.run('pause demo --all')).complaints).toContain('not both');
    expect((await scene.run('pause nowhere')).complaints).toContain('no such store');
  });

  it('a warm-up begins once, and ends', async () => {
    const scene = await cliScene();
    const from = async () => (await scene.system.deps.catalogue.settings('demo', 0))?.warmupFrom;
    await scene.run('store set demo --warmup auto');
    const first = await from();
    expect(first).toBeGreaterThan(0);
    await scene.run('store set demo --warmup auto');
    expect(await from()).toBe(first);
    await scene.run('store set demo --warmup off');
    expect(await from()).toBeUndefined();
  });
});

describe('the kill switch in SSM', () => {
  let wire: AwsWire;
  beforeAll(async () => {
    wire = await startAwsWire();
  });
  afterAll(() => wire.stop());
  const open = () =>
    ssmKillSwitch(new SSMClient({ ...wireCredentials, endpoint: wire.endpoint, maxAttempts: 1 }), '/perennial/t');
  const value = (Value: string) => () => ({
    status: 200,
    body: { Parameter: { Name: 'x', Type: 'String', Value, Version: 1 } },
  });
  const none = () => ({ status: 400, body: { __type: 'ParameterNotFound', message: 'none' } });
  const down = () => ({ status: 400, body: { __type: 'InternalServerError', message: 'down' } });

  it('is on for `paused` alone, off without a parameter, and asked once a minute', async () => {
    const kill = open();
    wire.answer(none);
    expect(await kill.isOn(0)).toBe(false);
    wire.answer(value('paused'));
    expect(await kill.isOn(minutes(1) - 1)).toBe(false);
    expect(await kill.isOn(minutes(1))).toBe(true);
    wire.answer(value('on'));
    expect(await kill.isOn(minutes(2))).toBe(false);
  });

  it('repeats its last answer when it cannot be read, and gives none where there was none', async () => {
    wire.answer(down);
    await expect(open().isOn(0)).rejects.toThrow('down');
    const kill = open();
    wire.answer(value('paused'));
    expect(await kill.isOn(0)).toBe(true);
    wire.answer(down);
    expect(await kill.isOn(minutes(5))).toBe(true);
  });
});
