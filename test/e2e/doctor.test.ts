import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type LocalRun, startLocalRun } from './support/local-run.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRun();
}, 120_000);
afterAll(async () => {
  expect(await run.stop()).toBe(0);
});

/** The command line as a process of its own, as an operator would start it. */
const perennial = (...words: readonly string[]) =>
  new Promise<Readonly<{ code: number; out: string; err: string }>>((resolve) => {
    const main = join(import.meta.dirname, '../../infra/cli/main.ts');
    const env = { ...process.env, PERENNIAL_HOME: run.home, NO_COLOR: '1' };
    execFile(process.execPath, [main, ...words], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

const report = z.object({
  store: z.string(),
  well: z.boolean(),
  findings: z.array(
    z.object({ check: z.string(), level: z.string(), says: z.string(), paste: z.array(z.string()).optional() }),
  ),
});
const examined = async (store: string) => {
  const { code, out } = await perennial('doctor', store, '--json');
  const { well, findings } = report.parse(JSON.parse(out));
  return { code, well, of: (check: string) => findings.find((finding) => finding.check === check) };
};

describe('perennial doctor, as a process', () => {
  it('says in sentences what was looked at, and what could not be from here, and finds nothing to mend', async () => {
    const { code, out, err } = await perennial('doctor', 'demo');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    for (const sentence of [
      '✓ Each mail carries a postal address.',
      '✓ The store is not paused.',
      '✓ Mail of the deployment is switched on.',
      '✓ Every code that an active campaign promises is set.',
      `✓ Unsubscribe links at ${run.api} are answered.`,
      '? The local run has no DNS and no identities: DKIM, MAIL FROM and DMARC were not looked at.',
      '? Links are http here, as only on this machine; elsewhere they must be https.',
    ])
      expect(lines).toContain(sentence);
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  });

  it('without a store means the only one there is; of one that is not there it says so and fails', async () => {
    expect((await perennial('doctor')).out).toBe((await perennial('doctor', 'demo')).out);
    const { code, err } = await perennial('doctor', 'nobody');
    expect(code).toBe(1);
    expect(err).toContain("there is no store 'nobody'");
  });

  it('names what keeps a store from mailing, with the line to run, by its exit code as well', async () => {
    expect(
      (await perennial('store', 'add', 'bare', '--name', 'Bare', '--currency', 'EUR', '--time-zone', 'Europe/Berlin'))
        .code,
    ).toBe(0);
    const { code, well, of } = await examined('bare');
    expect([code, well]).toEqual([1, false]);
    expect(of('sender')).toMatchObject({
      level: 'bad',
      paste: ['npm run perennial -- store set bare --from "NAME <ADDRESS>"'],
    });
    expect(of('postal-address')).toMatchObject({ level: 'bad', paste: [expect.stringContaining('--postal-address')] });
  });

  it('sees a store that was paused, and mail that was stopped for all', async () => {
    await perennial('pause', 'demo');
    expect((await examined('demo')).of('paused')).toMatchObject({
      level: 'warn',
      paste: ['npm run perennial -- resume demo'],
    });
    await perennial('resume', 'demo');
    await perennial('pause', '--all');
    expect((await examined('demo')).of('sending')).toMatchObject({
      level: 'warn',
      paste: ['npm run perennial -- resume --all'],
    });
    await perennial('resume', '--all');
    expect(await examined('demo')).toMatchObject({ code: 0, well: true });
  });
});
