import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/time.ts';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { buy, mailedPerson, type Person } from './support/people.ts';

type Units = Readonly<{ readUnits: number; writeUnits: number }>;

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRun();
  // Settings and secrets are read once a container; warm ones are measured.
  await buy(run, mailedPerson(), 'warm', { customer: { id: 'nobody', email: 'nobody@example.com' } });
  await run.idle();
}, 120_000);
afterAll(async () => {
  await run.stop();
});

const used = async (what: () => Promise<unknown>): Promise<Units> => {
  await run.idle();
  const before = (await run.control('/metering')) as Units;
  await what();
  await run.idle();
  const after = (await run.control('/metering')) as Units;
  return { readUnits: after.readUnits - before.readUnits, writeUnits: after.writeUnits - before.writeUnits };
};

const consentOnce = (person: Person) => ({
  customer: { ...person, consent: { email: 'granted', at: '2026-01-01T00:00:00Z', source: 'checkout' } },
});

describe('request units', () => {
  it('a send, from due to delivered: at most 15 write', async () => {
    const person = mailedPerson();
    await buy(run, person, '1', consentOnce(person));
    const start = await run.now();
    const units = await used(() => run.advanceTo(start + days(8)));
    expect((await run.inbox({})).map(({ to }) => to)).toEqual([person.email]);
    expect(units.writeUnits).toBeLessThanOrEqual(15);
    expect(units.writeUnits).toBeGreaterThan(5);
  });

  it('an order of a known customer that changes no stage: at most 6 write and 3 read, even when it converts an enrolment', async () => {
    const person = mailedPerson();
    for (const n of ['1', '2']) {
      await buy(run, person, n, consentOnce(person));
      await run.advance('P2D');
    }
    const third = await used(() => buy(run, person, '3', consentOnce(person)));
    expect(third.writeUnits).toBeLessThanOrEqual(6);
    expect(third.readUnits).toBeLessThanOrEqual(3);
  });

  it('an order that changes the stage, ends one enrolment and starts another: at most 18 write', async () => {
    const person = mailedPerson();
    await buy(run, person, '1', consentOnce(person));
    await run.advance('P2D');
    const second = await used(() => buy(run, person, '2', consentOnce(person)));
    expect(second.writeUnits).toBeLessThanOrEqual(18);
    expect(second.writeUnits).toBeGreaterThan(6);
  });
});
