import { describe, expect, it } from 'vitest';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { anOrder } from '../../support/world.ts';
import { cliScene } from './cli-scene.ts';

const email = 'ada@example.com';
const line = `unsuppress ${email} --because "mailbox was full, ticket 812"`;

const stopped = async (by?: 'bounce' | 'complaint') => {
  const scene = await cliScene();
  const { deps } = scene.system;
  await scene.system.order(anOrder({ orderId: 'o-1', placedAt: start }));
  const id = (await scene.system.customerOf('standard:c-1'))?.customer?.customerId ?? '';
  if (by !== undefined) {
    const suppressedAt = start + hours(1);
    const address = addressHash(await deps.secrets.deploymentKey(), 'demo', email);
    await deps.suppressions.add('demo', address, { by, at: suppressedAt });
    await deps.customers.restrictContact('demo', id, {
      ...{ suppressedAt, suppressedBy: by },
      ...(by === 'complaint' ? { complainedAt: suppressedAt, optedOutAt: suppressedAt } : {}),
    });
  }
  await scene.system.advanceTo(start + hours(30));
  return { scene, id };
};

describe('unsuppress', () => {
  it('lifts a bounce, says what SES still keeps, and stands in what explain prints', async () => {
    const { scene, id } = await stopped('bounce');
    expect((await scene.run(`explain ${email}`)).out).toContain('the address is suppressed since');
    const { code, out } = await scene.run(line);
    expect([code, out.split('\n')[0]]).toEqual([0, '✓ lifted: the bounce']);
    expect(out).toContain(`aws sesv2 delete-suppressed-destination --email-address ${email}`);
    expect((await scene.run(`explain ${email}`)).out).toMatch(/May be mailed\n {2}Yes/);
    const timeline = (await scene.run(`explain ${email} --json`)).json().timeline;
    expect(timeline).toContainEqual(
      expect.objectContaining({ type: 'suppression-lifted', because: 'mailbox was full, ticket 812' }),
    );
    expect((await scene.run(`${line} --json`)).code).toBe(1);
    const again = await stopped('bounce');
    expect((await again.scene.run(`${line} --json`)).json()).toEqual({ by: 'bounce', id, lifted: true });
  });

  it('after a complaint asks for the day they asked again, and says that marketing waits for their answer', async () => {
    const { scene } = await stopped('complaint');
    const refused = await scene.run(line);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.complaints).toContain('body.agreedAt must be when they asked for mail again, after 2025-01-06T');
    const { code, out } = await scene.run(`${line} --agreed-at 2025-01-07`);
    expect([code, out]).toEqual([0, expect.stringContaining('They are asked by mail to confirm')]);
    await scene.run('clock +1h');
    expect(scene.system.mails.map(({ tags }) => tags['campaign'])).toContain('consent-confirmation');
  });

  it('lifts nothing where nothing stands, and says so', async () => {
    const { scene } = await stopped();
    for (const who of [email, 'nobody@example.com']) {
      const { code, complaints } = await scene.run(`unsuppress ${who} --because "for no reason"`);
      expect([code, complaints]).toEqual([1, expect.stringContaining('nothing was lifted')]);
    }
  });

  it.each([
    ['unsuppress', 'needs one e-mail address'],
    ['unsuppress standard:c-1 --because "long enough"', 'needs one e-mail address'],
    [`unsuppress ${email}`, '--because is needed'],
    [`unsuppress ${email} --because no`, '--because'],
    [`${line} --agreed-at tuesday`, '--agreed-at must be a day'],
  ])('%s is refused: %s', async (typed, why) => {
    const { code, complaints } = await (await cliScene()).run(typed);
    expect([code, complaints]).toEqual([2, expect.stringContaining(why)]);
  });
});
