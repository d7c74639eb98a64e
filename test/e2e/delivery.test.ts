import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { buy, campaignsSentTo, mailedPerson, type Person } from './support/people.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRun();
}, 120_000);
afterAll(async () => {
  expect(await run.stop()).toBe(0);
});

/** The operator's command line, against the system of this test. */
const perennial = async (...words: readonly string[]): Promise<string> => {
  const cli = new URL('../../infra/cli/main.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], {
    cwd: new URL('../../', import.meta.url).pathname,
    env: { ...process.env, PERENNIAL_HOME: run.home },
  });
  return stdout;
};

const linkIn = (text: string | undefined, page: string): string =>
  new RegExp(`https?://\\S+/${page}/\\S+`).exec(text ?? '')?.[0] ?? `no ${page} link`;

const post = (url: string, form: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) });

const idOf = async ({ id }: Person): Promise<string> => {
  const { body } = await run.admin(`/v1/customers?externalId=standard:${id}`);
  return (body as { items: { id: string }[] }).items[0]?.id ?? 'nobody';
};

const explained = async (person: Person) =>
  (await run.admin(`/v1/customers/${await idOf(person)}:explain`)).body as {
    consent: { state: string } | null;
    mayBeMailed: boolean;
    mailPermission: { because: string };
    contact: { suppressedBy?: string };
  };

describe('double opt-in over HTTP', () => {
  it('asks by mail, changes nothing when the link is opened, confirms when it is posted', async () => {
    await perennial('store', 'set', 'demo', '--double-opt-in', 'DE,AT', '--topics', 'offers,news');
    await run.advance('PT2M');
    const greta = { ...mailedPerson(), country: 'DE' };
    await buy(run, greta, '1');
    await run.advance('PT5M');
    const [mail] = await run.inbox({ to: greta.email });
    expect(mail?.tags['campaign']).toBe('consent-confirmation');
    expect((await explained(greta)).mailPermission.because).toBe('unconfirmed');
    const link = linkIn(mail?.text, 'confirm');
    expect(await (await fetch(link, { headers: { 'accept-language': 'de' } })).text()).toContain('Waren Sie das?');
    await run.idle();
    expect((await explained(greta)).consent?.state).toBe('pending');
    expect((await post(link, {})).status).toBe(200);
    await run.idle();
    expect(await explained(greta)).toMatchObject({
      mayBeMailed: true,
      mailPermission: { because: 'confirmed-consent' },
    });
    await run.advance('P9D');
    expect(await campaignsSentTo(run, greta)).toEqual(['consent-confirmation', 'welcome']);
    expect((await fetch(link)).status).toBe(410);
  });
});

describe('the preference centre over HTTP', () => {
  it('is linked in each mail, shows the topics, keeps a choice and stops all', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P9D');
    const [mail] = await run.inbox({ to: person.email, campaign: 'welcome' });
    const link = linkIn(mail?.text, 'preferences');
    expect(await (await fetch(link)).text()).toMatch(/name="topic" value="offers" checked/);
    expect((await post(link, { topic: 'news', pace: 'monthly', do: 'save' })).status).toBe(200);
    const after = await (await fetch(link)).text();
    expect(after).toMatch(/value="offers">/);
    expect(after).toMatch(/value="monthly" checked/);
    expect((await post(link, { do: 'stop' })).status).toBe(200);
    expect(await explained(person)).toMatchObject({ mayBeMailed: false, mailPermission: { because: 'opted-out' } });
  });
});

describe('bounces and complaints', () => {
  it('come by bus and by SNS, are taken in once, and nothing lies dead', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P9D');
    const [mail] = await run.inbox({ to: person.email, campaign: 'welcome' });
    await run.control('/mail-events', { messageId: mail?.id, type: 'bounce' });
    await run.idle();
    expect((await explained(person)).contact.suppressedBy).toBe('bounce');
    const { queues } = (await run.control('/status')) as { queues: Record<string, { dead: number }> };
    expect(Object.entries(queues).filter(([, { dead }]) => dead > 0)).toEqual([]);
    expect(await perennial('unsuppress', person.email, '--because', 'mailbox was full')).toContain(
      'lifted: the bounce',
    );
    expect(await explained(person)).toMatchObject({ mayBeMailed: true, contact: {} });
  });

  it('arrive by SNS alone when the bus loses them', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P9D');
    const [mail] = await run.inbox({ to: person.email, campaign: 'welcome' });
    // The first of the two deliveries is the bus's.
    await run.control('/faults', { service: 'ses', kind: 'drop', probability: 1, limit: 1, seed: 1 });
    await run.control('/mail-events', { messageId: mail?.id, type: 'complaint' });
    await run.idle();
    expect(await explained(person)).toMatchObject({ mayBeMailed: false, contact: { suppressedBy: 'complaint' } });
    // Their word is not enough: marketing waits for the answer to one question by mail.
    await run.advance('P3D');
    const agreedAt = new Date((await run.now()) - 86_400_000).toISOString();
    const lifted = await perennial('unsuppress', person.email, '--because', 'by letter', '--agreed-at', agreedAt);
    expect(lifted).toContain('lifted: the complaint');
    await run.advance('PT10M');
    expect(await explained(person)).toMatchObject({ mayBeMailed: false, mailPermission: { because: 'unconfirmed' } });
    const [, question] = await run.inbox({ to: person.email });
    expect((await post(linkIn(question?.text, 'confirm'), {})).status).toBe(200);
    await run.idle();
    expect(await explained(person)).toMatchObject({ mayBeMailed: true });
  });
});

describe('the kill switch', () => {
  it('stops all mail within a minute, lets people unsubscribe meanwhile, and what waited goes out after', async () => {
    const [waiting, leaving] = [mailedPerson(), mailedPerson()];
    await buy(run, leaving, '1');
    await run.advance('P9D');
    await buy(run, waiting, '1');
    await run.advance('P6D');
    expect(await perennial('pause', '--all')).toContain('stops within a minute');
    await run.advance('P3D');
    expect(await campaignsSentTo(run, waiting)).toEqual([]);
    const [mail] = await run.inbox({ to: leaving.email });
    expect((await post(linkIn(mail?.text, 'u'), { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    await perennial('resume', '--all');
    await run.advance('P1D');
    expect(await campaignsSentTo(run, waiting)).toEqual(['welcome']);
  });
});
