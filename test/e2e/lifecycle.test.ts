import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days, minutes } from '../../shared/domain/time.ts';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { buy, mailedPerson, type Person } from './support/people.ts';

const cli = join(import.meta.dirname, '../../infra/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'perennial-lifecycle-'));

let run: LocalRun;
let people: readonly Person[];

type Said = Readonly<{ code: number; out: string; complaints: string }>;
/** Types a command as an operator would, in a folder of their own. */
const perennial = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', INIT_CWD: folder, PERENNIAL_HOME: run.home };
    execFile(process.execPath, [cli, ...args], { env }, (error, out, complaints) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, complaints }),
    );
  });

type Explained = Readonly<{
  stage: string;
  cause: string;
  decidedUnder: Readonly<{ lifecycle: number; fit: number }>;
  rules: readonly Readonly<{ stage: string; holds: boolean }>[];
}>;
const explained = async ({ id }: Person): Promise<Explained> => {
  const { body } = await run.admin(`/v1/customers?externalId=standard:${id}`);
  const { id: customerId } = body as { id: string };
  return (await run.admin(`/v1/customers/${customerId}:explain`)).body as Explained;
};

const everybody = () => Promise.all(people.map(explained));

beforeAll(async () => {
  run = await startLocalRun();
  people = Array.from({ length: 12 }, mailedPerson);
  for (const [n, person] of people.entries()) {
    await buy(run, person, '1');
    if (n % 2 === 1) await buy(run, person, '2', { placedAt: new Date((await run.now()) - days(40)).toISOString() });
  }
  await run.idle();
  await run.advance('P3D');
}, 120_000);
afterAll(async () => {
  await run.stop();
});

describe('publishing a lifecycle, over HTTP and the command line', () => {
  it('plan shows every fault at its place, or what would change, and changes nothing', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'lifecycle: x\nstages:\n  - back: order >= 2\n  - new: otherwise\n');
    const bad = await perennial('plan', 'bad.yaml');
    expect(bad.code).toBe(1);
    expect(bad.complaints).toContain('bad.yaml:3:11');
    const good = await perennial('plan', '--preset', 'four-stage', '--write');
    expect([good.code, good.complaints]).toEqual([0, '']);
    expect(good.out).toContain('12 of 12 customers would move');
    expect((await everybody()).map(({ stage }) => stage)).toEqual(people.map((_, n) => (n % 2 ? 'active' : 'new')));
  });

  it('apply moves everybody for the cause rebase, fires no mail, and explain agrees', async () => {
    const before = await run.inbox({});
    const applied = await perennial('apply', '--yes');
    expect([applied.code, applied.complaints]).toEqual([0, '']);
    expect(applied.out).toContain('lifecycle four-stage v2 published');
    // A webhook in the middle of it lands under the new version.
    await run.advance('PT2M');
    const [late] = people;
    if (late === undefined) throw new Error('nobody there');
    await buy(run, late, '3');
    await run.idle();
    expect((await explained(late)).decidedUnder.lifecycle).toBe(2);
    await run.advance('PT10M');
    for (const [n, one] of (await everybody()).entries()) {
      expect(one).toMatchObject({ decidedUnder: { lifecycle: 2, fit: 0 } });
      if (n > 0) expect(one).toMatchObject({ stage: n % 2 ? 'formation' : 'exploration', cause: 'rebase' });
      expect(one.rules.find(({ holds }) => holds)?.stage).toBe(one.stage);
    }
    const said = await perennial('explain', people[1]?.email ?? '');
    expect(said.out).toContain('formation');
    expect(said.out).toContain('a new definition or fit put them here');
    expect((await perennial('rebase')).out).toContain('all 12 customers decided under lifecycle v2, fit v0');
    expect(await run.inbox({})).toEqual(before);
    const report = (await run.admin('/v1/reports/stages')).body;
    expect(report).toMatchObject({ marks: [{ lifecycle: 2, fit: 0 }] });
  });

  it('mail goes on for what customers do afterwards, and nothing is ever decided under the old version again', async () => {
    await run.advance('P12D');
    expect((await everybody()).map(({ decidedUnder }) => decidedUnder.lifecycle)).toEqual(people.map(() => 2));
    const status = (await run.control('/status')) as { functions: Record<string, { errors: number }> };
    expect(Object.values(status.functions).map(({ errors }) => errors)).toEqual(
      Object.values(status.functions).map(() => 0),
    );
  });

  it('fit --adopt takes the store’s own history over, and decisions follow', async () => {
    const made = await perennial('fit', '--adopt');
    expect([made.code, made.complaints]).toEqual([0, '']);
    expect(made.out).toContain('From 12 customers with orders');
    expect(made.out).toMatch(/fit v\d+ taken over|says the same/);
    await run.advanceTo((await run.now()) + minutes(5));
    const [first] = people;
    if (first === undefined) throw new Error('nobody there');
    await buy(run, first, 'after-fit');
    await run.idle();
    const { items } = (await run.admin('/v1/fits')).body as { items: { version: number; adopted: boolean }[] };
    const adopted = items.find((one) => one.adopted)?.version;
    expect((await explained(first)).decidedUnder).toEqual({ lifecycle: 2, fit: adopted });
  });
});
