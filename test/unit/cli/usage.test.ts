import { describe, expect, it } from 'vitest';
import { commands } from '../../../infra/cli/commands/all.ts';
import { didYouMean } from '../../../shared/domain/did-you-mean.ts';
import { cliScene } from './cli-scene.ts';

describe('the command line', () => {
  it('without a command shows what there is, and fails as usage', async () => {
    const { code, complaints, out } = await (await cliScene()).run('');
    expect([code, out]).toEqual([2, '']);
    for (const { name } of commands) expect(complaints).toContain(name);
  });

  it('helps on --help, -h and help', async () => {
    const scene = await cliScene();
    for (const line of ['--help', '-h', 'help']) {
      const { code, out } = await scene.run(line);
      expect(code).toBe(0);
      for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`${name} .*${summary}`));
    }
  });

  it.each(commands.map(({ name }) => name))('helps on %s, before anything is needed', async (name) => {
    const command = commands.find((c) => c.name === name);
    const scene = await cliScene({ local: false });
    for (const line of [`${name} --help`, `help ${name}`, `${name} x --help`]) {
      const { code, out } = await scene.run(line);
      expect(code).toBe(0);
      for (const option of Object.keys(command?.options ?? {})) expect(out).toContain(`--${option}`);
      for (const example of command?.examples ?? []) expect(out).toContain(example);
    }
    expect(scene.calls).toEqual([]);
  });

  it.each(commands.flatMap(({ examples }) => examples))('the example in the help parses: %s', (example) => {
    const words = [...(example.split(' < ')[0] ?? '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    const command = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
    expect(() => command?.prepare(words.slice(command.name.split(' ').length))).not.toThrow();
    expect(command).toBeDefined();
  });

  it.each([
    ['explian a@b.example', "did you mean 'explain'?"],
    ['store ad x', "did you mean 'store add'?"],
    ['stroe rotate-secret x', "did you mean 'store rotate-secret'?"],
    ['clcok +1d', "did you mean 'clock'?"],
    ['store', 'followed by one of add, set, show, rotate-secret'],
    ['store add x --curency GBP', 'did you mean --currency?'],
    ['frobnicate', "there is no command 'frobnicate'\n"],
    ['--json explain x', "there is no command 'explain x'; did you mean 'explain'?"],
    ['explain', 'explain needs one customer'],
    ['explain a b', 'explain needs one customer'],
    ['clock', '+30d'],
    ['clock -30d', 'option'],
    ['clock 30d', '+30d'],
    ['clock yesterday', '2026-03-01'],
    ['order --total 5', '--as is needed'],
    ['order --as nobody --total 5', '--as must be an e-mail address'],
    ['order --as a@b.example --total cheap', '--total must be an amount'],
    ['order --as a@b.example --total 0', '--total must be an amount of GBP above zero'],
    ['store set demo', 'something to set'],
    ['store rotate-secret demo', '--source is needed'],
    ['store rotate-secret demo --source standard --keep-old --drop-old', 'exclude each other'],
  ])('%s: usage, with a hint', async (line, hint) => {
    const { code, complaints, out } = await (await cliScene()).run(line);
    expect([code, out]).toEqual([2, '']);
    expect(complaints).toContain(hint);
    expect(complaints).toContain('--help');
  });

  it('names every fault of a line at once', async () => {
    const { code, complaints } = await (await cliScene()).run(
      'store add Harbour --currency GPB --time-zone Europe/Lodon --rhythm quick --reward LOYALTY --site-url ftp://x',
    );
    expect(code).toBe(2);
    for (const part of ['store id', '--name', '--currency', '--time-zone', '--rhythm', '--reward', '--site-url']) {
      expect(complaints).toContain(part);
    }
  });
});

describe('which system is meant', () => {
  it('none at all: says how to get one', async () => {
    const { code, complaints } = await (await cliScene({ local: false })).run('explain a@b.example');
    expect(code).toBe(1);
    expect(complaints).toContain('npm start');
    expect(complaints).toContain('--api');
  });

  it('an address without a token', async () => {
    const { code, complaints } = await (await cliScene()).run('explain a@b.example --api https://x.example');
    expect([code, complaints.includes('PERENNIAL_TOKEN')]).toEqual([1, true]);
  });

  it('an address where nobody answers', async () => {
    const { code, complaints } = await (await cliScene()).run('explain a@b.example --api https://x.example --token t');
    expect([code, complaints.includes('nothing answers at https://x.example')]).toEqual([1, true]);
  });

  it('options win over the environment, the environment over the local run', async () => {
    const env = { PERENNIAL_API: 'https://env.example', PERENNIAL_TOKEN: 'env-token' };
    const scene = await cliScene({ env });
    await scene.run('explain a@b.example');
    expect(scene.calls.at(-1)?.url.origin).toBe('https://env.example');
    expect(scene.calls.at(-1)?.headers['authorization']).toBe('Bearer env-token');
    await scene.run('explain a@b.example --api http://127.0.0.1:4600 --token mine');
    expect(scene.calls.at(-1)?.headers['authorization']).toBe('Bearer mine');
  });

  it('settings go to the local run, else to the deployment by name', async () => {
    const local = await cliScene();
    await local.run('store show demo');
    expect(local.places).toEqual([
      {
        where: 'the local run',
        prefix: '/perennial/local',
        region: 'eu-west-1',
        local: { endpoint: 'http://127.0.0.1:4601', tableName: 'table' },
      },
    ]);
    await local.run('store show demo --deployment staging --region eu-central-1');
    expect(local.places.at(-1)).toEqual({
      where: 'deployment staging',
      prefix: '/perennial/staging',
      region: 'eu-central-1',
    });
    const away = await cliScene({ local: false });
    await away.run('store show demo');
    expect(away.places).toEqual([{ where: 'deployment prod', prefix: '/perennial/prod' }]);
  });

  it('order and clock are for the local run only', async () => {
    const scene = await cliScene({
      local: false,
      env: { PERENNIAL_API: 'http://127.0.0.1:4600', PERENNIAL_TOKEN: 't' },
    });
    for (const line of ['order --as a@b.example --total 5', 'clock +1d']) {
      const { code, complaints } = await scene.run(line);
      expect([code, complaints.includes('local run only')]).toEqual([1, true]);
    }
  });
});

describe('did you mean', () => {
  it('is silent when nothing is near', () => expect(didYouMean('frobnicate', ['explain', 'clock'])).toBeUndefined());
  it('takes a swap of neighbours as one slip', () => expect(didYouMean('colck', ['clock', 'check'])).toBe('clock'));
  it('completes a beginning', () => expect(didYouMean('exp', ['explain'])).toBe('explain'));
});
