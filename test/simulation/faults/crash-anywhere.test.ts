import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../infra/analysis/simulate/run-scenario.ts';
import { faultsIn, oneMail, withFaults } from './one-mail.ts';

describe('fault 7: a function killed between any two of its calls', () => {
  it('mails once when nothing goes wrong', async () => {
    expect(await runScenario(oneMail)).toMatchObject({ mails: 1, violations: [], faults: [] });
  });

  it('mails once at most, and never loses a mail without a reason, wherever send is cut short', async () => {
    const faults = (await faultsIn(['send'])).filter(({ kind }) => kind !== 'stall');
    expect(faults.length).toBeGreaterThan(15);
    const fired = await Promise.all(
      faults.map(async (fault) => {
        const { violations, mails, faults: happened } = await withFaults(fault);
        expect([fault, violations]).toEqual([fault, []]);
        expect(mails).toBeLessThan(2);
        return happened.length;
      }),
    );
    // Kinds that a call cannot suffer are left out by the engine: most can.
    expect(fired.filter((n) => n > 0).length).toBeGreaterThan(faults.length / 2);
  });

  it('does so wherever any function is cut short, from the webhook to the last mail event', async () => {
    const faults = await faultsIn(['ingest', 'react-stream', 'relay-stream', 'enrol', 'sweep', 'feedback']);
    expect(faults.length).toBeGreaterThan(60);
    for (const fault of faults) {
      const { violations, mails } = await withFaults(fault);
      expect([fault, violations, mails]).toEqual([fault, [], 1]);
    }
  });

  it('does so when it happens twice, before and after the provider took the mail', async () => {
    const places = (await faultsIn(['send'])).filter(({ kind }) => kind.startsWith('crash'));
    for (const one of places)
      for (const other of places.map(({ place, kind }) => ({ place: place.replace('#1', '#2'), kind }))) {
        const { violations, mails } = await withFaults(one, other);
        expect([one, other, violations]).toEqual([one, other, []]);
        expect(mails).toBeLessThan(2);
      }
  });
});

describe('fault 8: the provider does not answer', () => {
  const mailer = async () => {
    const places = (await faultsIn(['send'])).filter(({ place }) => place.startsWith('send mailer.send'));
    expect(places.length).toBeGreaterThan(0);
    return places;
  };

  it('with acceptance: the mail is known as sent by the events that follow, and never tried again', async () => {
    for (const { place } of await mailer()) {
      const { mails, violations, trace } = await withFaults({ place, kind: 'timeout-accepted' });
      expect([mails, violations]).toEqual([1, []]);
      expect(trace.filter((line) => line.includes('mailer.send'))).toHaveLength(1);
    }
  });

  it('without acceptance: marketing is given up after a while rather than tried again', async () => {
    for (const { place } of await mailer()) {
      const { mails, violations, trace } = await withFaults({ place, kind: 'timeout' });
      expect([mails, violations]).toEqual([0, []]);
      expect(trace.filter((line) => line.includes('mailer.send'))).toHaveLength(1);
    }
  });
});

describe('fault 9: the provider says slower, or not today', () => {
  it('no attempt is burnt: the mail leaves later, once', async () => {
    const places = (await faultsIn(['send'])).filter(({ place }) => place.startsWith('send mailer.send'));
    for (const { place } of places)
      for (const kind of ['throttle', 'quota'] as const)
        expect(await withFaults({ place, kind })).toMatchObject({ mails: 1, violations: [] });
  });
});
