import { describe, expect, it } from 'vitest';
import { parameterNames } from '../../../shared/env.ts';
import { cliScene, standardSecret } from './cli-scene.ts';

const add = 'store add harbour --name "Harbour & Pine" --currency GBP --time-zone Europe/London';
const shopifySecret = 'shpss_0123456789abcdef';

describe('store add', () => {
  it('makes key, secrets and settings, and prints addresses and the secret once', async () => {
    const scene = await cliScene();
    const { code, out } = await scene.run(add);
    expect(code).toBe(0);
    const [secret] = scene.secretsOf('harbour').standard;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(out.split(secret)).toHaveLength(2);
    expect(out).toContain('http://127.0.0.1:4600/webhooks/harbour/standard');
    expect(out).not.toContain('/webhooks/harbour/shopify');
    const key = scene.parameters.get(parameterNames.deploymentKey(scene.prefix)) ?? '';
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(out).not.toContain(key);
    expect(await scene.system.deps.catalogue.settings('harbour', 0)).toMatchObject({
      id: 'harbour',
      name: 'Harbour & Pine',
      currency: 'GBP',
      buyersWithoutOptIn: 'never',
      activeCampaigns: [],
      createdAt: scene.system.now(),
    });
  });

  it('never replaces the key of a deployment', async () => {
    const scene = await cliScene();
    scene.parameters.set(parameterNames.deploymentKey(scene.prefix), 'kept');
    const { json } = await scene.run(`${add} --json`);
    expect(json().deploymentKey).toBe('there');
    expect(scene.parameters.get(parameterNames.deploymentKey(scene.prefix))).toBe('kept');
  });

  it('takes the Shopify secret from a pipe and never shows it', async () => {
    const scene = await cliScene({ secretInput: `${shopifySecret}\n` });
    const { code, out, complaints } = await scene.run(`${add} --shopify-secret-stdin`);
    expect(code).toBe(0);
    expect(scene.secretsOf('harbour').shopify).toEqual([shopifySecret]);
    expect(out + complaints).not.toContain(shopifySecret);
    expect(out).toContain('/webhooks/harbour/shopify');
  });

  it('with no secret in the pipe changes nothing', async () => {
    const scene = await cliScene({ secretInput: '' });
    expect((await scene.run(`${add} --shopify-secret-stdin`)).code).toBe(1);
    expect(await scene.system.deps.catalogue.settings('harbour', 0)).toBeUndefined();
    expect(scene.secretsOf('harbour')).toBeNull();
  });

  it('refuses a store that is there, and keeps its secrets', async () => {
    const scene = await cliScene();
    const { code, complaints } = await scene.run('store add demo --name X --currency GBP --time-zone Europe/London');
    expect([code, complaints.includes('store set demo')]).toEqual([1, true]);
    expect(scene.secretsOf('demo').standard).toEqual([standardSecret]);
  });

  it('refuses to start with campaigns that could not be mailed, before anything is written', async () => {
    const scene = await cliScene();
    const { code, complaints } = await scene.run(`${add} --activate welcome,loyalty-reward`);
    expect(code).toBe(1);
    for (const part of ['--from', '--postal-address', '--reward loyalty=CODE']) expect(complaints).toContain(part);
    expect(scene.secretsOf('harbour')).toBeNull();
  });
});

describe('store set', () => {
  const bare = async () => {
    const scene = await cliScene();
    await scene.run(add);
    return scene;
  };
  const settingsOf = (scene: Awaited<ReturnType<typeof bare>>) => scene.system.deps.catalogue.settings('harbour', 0);

  it('sets everything an option is for, and leaves the rest', async () => {
    const scene = await bare();
    const { code, out } = await scene.run(
      'store set harbour --name Harbour --time-zone Europe/Dublin --from "Harbour & Pine <hello@example.com>" --reply-to help@example.com --postal-address "1 Quay Street, Bristol BS1 4DB" --site-url https://harbour.example --base-url https://mail.harbour.example --quiet-hours 22:00-07:30 --horizon-days 60 --rhythm slow --buyers-without-opt-in softOptIn --soft-opt-in-countries GB,DE --pending-counts yes --exclude-tags staff,wholesale --exclude-domains relay.example --exclude-channels pos --reward loyalty=THANK-YOU=2',
    );
    expect(code).toBe(0);
    expect(out).toContain('loyalty=THANK-YOU=2');
    expect(await settingsOf(scene)).toMatchObject({
      name: 'Harbour',
      currency: 'GBP',
      timeZone: 'Europe/Dublin',
      from: 'Harbour & Pine <hello@example.com>',
      replyTo: 'help@example.com',
      postalAddress: '1 Quay Street, Bristol BS1 4DB',
      siteUrl: 'https://harbour.example',
      baseUrl: 'https://mail.harbour.example',
      quietHours: '22:00-07:30',
      horizonDays: 60,
      rhythm: 'slow',
      buyersWithoutOptIn: 'softOptIn',
      softOptInCountries: ['GB', 'DE'],
      pendingCounts: true,
      exclude: { tags: ['staff', 'wholesale'], emailDomains: ['relay.example'], channels: ['pos'] },
      rewardCodes: { loyalty: 'THANK-YOU=2' },
    });
    await scene.run('store set harbour --rhythm fast');
    expect(await settingsOf(scene)).toMatchObject({ rhythm: 'fast', quietHours: '22:00-07:30', pendingCounts: true });
  });

  it('names everything an activation lacks at once, and saves nothing', async () => {
    const scene = await bare();
    const { code, complaints } = await scene.run('store set harbour --rhythm fast --activate loyalty-reward');
    expect(code).toBe(1);
    for (const part of ['loyalty-reward', '--from', '--postal-address', '--reward loyalty=CODE'])
      expect(complaints).toContain(part);
    expect(await settingsOf(scene)).toMatchObject({ rhythm: 'normal', activeCampaigns: [] });
  });

  it('activates with what is given in the same command, and pauses', async () => {
    const scene = await bare();
    const given = '--from hello@example.com --postal-address "1 Quay Street, Bristol" --reward loyalty=THANKS';
    expect((await scene.run(`store set harbour ${given} --activate upsell,welcome,loyalty-reward`)).code).toBe(0);
    expect((await settingsOf(scene))?.activeCampaigns).toEqual(['welcome', 'loyalty-reward', 'upsell']);
    await scene.run('store set harbour --pause upsell');
    expect((await settingsOf(scene))?.activeCampaigns).toEqual(['welcome', 'loyalty-reward']);
  });

  it('pauses even when something is missing by now', async () => {
    const scene = await bare();
    await scene.system.deps.catalogue.put({
      ...scene.system.store,
      id: 'harbour',
      rewardCodes: {},
      activeCampaigns: ['loyalty-reward', 'welcome'],
    });
    expect((await scene.run('store set harbour --pause welcome')).code).toBe(0);
  });

  it.each([
    ['--activate welcom', 'did you mean welcome?'],
    ['--activate everything', 'there are lead-nurture'],
    ['--activate welcome --pause welcome', 'at once'],
    ['--currency EUR', 'no option --currency'],
    ['--from "Bob <not an address>"', '--from'],
    ['--from "Bob\nBcc: x@y.example <a@b.example>"', '--from'],
    ['--quiet-hours 9-17', '--quiet-hours'],
    ['--horizon-days 0', '--horizon-days'],
    ['--site-url http://shop.example', '--site-url'],
    ['--soft-opt-in-countries Germany', '--soft-opt-in-countries'],
  ])('refuses %s', async (options, hint) => {
    const scene = await bare();
    const { code, complaints } = await scene.run(`store set harbour ${options}`);
    expect(code).toBe(2);
    expect(complaints).toContain(hint);
  });

  it('refuses a store nobody added', async () => {
    const { code, complaints } = await (await cliScene()).run('store set nowhere --rhythm fast');
    expect([code, complaints.includes('store add nowhere')]).toEqual([1, true]);
  });
});

describe('store rotate-secret', () => {
  it('takes a new secret, keeps the old one valid, and drops it when told', async () => {
    const scene = await cliScene();
    const { code, out } = await scene.run('store rotate-secret demo --source standard');
    expect(code).toBe(0);
    const [fresh, old, ...more] = scene.secretsOf('demo').standard;
    expect([old, more]).toEqual([standardSecret, []]);
    expect(fresh).not.toBe(standardSecret);
    expect(out).toContain(fresh);
    expect(out).not.toContain(standardSecret);
    const dropped = await scene.run('store rotate-secret demo --source standard --drop-old');
    expect(dropped.code).toBe(0);
    expect(scene.secretsOf('demo').standard).toEqual([fresh]);
    expect(dropped.out).not.toContain(fresh);
  });

  it('never has more than two valid', async () => {
    const scene = await cliScene();
    for (let n = 0; n < 3; n += 1) await scene.run('store rotate-secret demo --source standard');
    expect(scene.secretsOf('demo').standard).toHaveLength(2);
    expect(scene.secretsOf('demo').standard).not.toContain(standardSecret);
  });

  it('adds Shopify to a store without showing its secret, and leaves the others alone', async () => {
    const scene = await cliScene({ secretInput: shopifySecret });
    const { code, out } = await scene.run('store rotate-secret demo --source shopify');
    expect(code).toBe(0);
    expect(out).not.toContain(shopifySecret);
    expect(scene.secretsOf('demo')).toEqual({ standard: [standardSecret], shopify: [shopifySecret] });
    expect((await scene.run('store rotate-secret demo --source shopify')).code).toBe(1);
  });

  it('refuses to drop what is not there', async () => {
    expect((await (await cliScene()).run('store rotate-secret demo --source standard --drop-old')).code).toBe(1);
    expect((await (await cliScene()).run('store rotate-secret nowhere --source standard')).code).toBe(1);
  });
});

describe('store show', () => {
  it('shows settings and addresses, and no secret', async () => {
    const scene = await cliScene();
    await scene.run('store rotate-secret demo --source standard');
    for (const line of ['store show demo', 'store show demo --json']) {
      const { code, out } = await scene.run(line);
      expect(code).toBe(0);
      expect(out).toContain('http://127.0.0.1:4600/webhooks/demo/standard');
      expect(out).not.toContain('whsec_');
    }
    expect((await scene.run('store show demo')).out).toContain('two secrets valid');
  });

  it('refuses a store nobody added', async () =>
    expect((await (await cliScene()).run('store show nowhere')).code).toBe(1));
});
