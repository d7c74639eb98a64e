import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readFault } from '../../../infra/local/engine/faults/fault-rule.ts';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { reasons } from '../../../shared/domain/sends/send.ts';
import { adminScene } from '../admin/admin-scene.ts';
import { cliScene } from './cli-scene.ts';

const guide = await readFile(new URL('../../../docs/guides/operate.md', import.meta.url), 'utf8');
const lines = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'));
const commandLines = lines
  .filter((line) => line.startsWith('npm run perennial -- '))
  .map((line) => line.slice('npm run perennial -- '.length));
const curls = lines.filter((line) => line.startsWith('curl '));
const toApi = curls.filter((line) => line.includes('$PERENNIAL_API'));
const toControl = curls.filter((line) => line.includes('$CONTROL/faults'));

describe('the guide for operators', () => {
  it('shows nothing but commands that are run here', () => {
    expect(commandLines.length + curls.length).toBe(lines.length);
    expect(commandLines.length).toBeGreaterThan(10);
    expect(toApi.length).toBeGreaterThan(4);
    expect(toApi.length + toControl.length).toBe(curls.length);
  });

  it('its commands work in the order they are shown', async () => {
    const scene = await cliScene({ secretInput: 'shpss_0123456789abcdef\n' });
    await scene.run('order --as ada@example.com --total 10');
    const { id } = (await scene.run('explain ada@example.com --json')).json();
    await scene.system.deps.identities.claim('demo', 'standard:c-1', id);
    await scene.run('order --as bo@example.com --total 10');
    const cleo = addressHash(await scene.system.deps.secrets.deploymentKey(), 'demo', 'cleo@example.com');
    await scene.system.deps.suppressions.add('demo', cleo, { by: 'bounce', at: scene.system.now() - 1 });
    for (const line of commandLines) {
      const { code, complaints } = await scene.run(line.replace(/ < \S+$/, ''));
      expect([line, complaints, code]).toEqual([line, '', 0]);
    }
    const harbour = await scene.system.deps.catalogue.settings('harbour', 0);
    expect(harbour?.activeCampaigns).toEqual(['welcome']);
    expect(scene.secretsOf('harbour')).toMatchObject({ shopify: ['shpss_0123456789abcdef'] });
    expect(scene.secretsOf('harbour').standard).toHaveLength(1);
  });

  it.each(toControl.filter((line) => line.includes(' -d ')))('%s', (line) => {
    const [, body = ''] = /-d '([^']+)'/.exec(line) ?? [];
    expect(readFault(JSON.parse(body))).toMatchObject({ type: 'rule' });
  });

  it.each(toApi)('%s', async (line) => {
    const [, address = ''] = /"\$PERENNIAL_API(\/[^"]+)"/.exec(line) ?? [];
    const url = new URL(address, 'http://api');
    const answer = await (await adminScene()).ask({ path: url.pathname, query: Object.fromEntries(url.searchParams) });
    expect(answer.status).toBe(200);
  });

  it('explains every reason a mail may be withheld for', () => {
    for (const reason of reasons) expect(guide).toContain(`\`${reason}\``);
  });
});
