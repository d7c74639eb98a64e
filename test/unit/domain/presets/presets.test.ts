import { describe, expect, it } from 'vitest';
import { randomFor } from '../../../../infra/local/shop/random.ts';
import { readLifecycle } from '../../../../shared/domain/definitions/read-lifecycle.ts';
import { writeLifecycle } from '../../../../shared/domain/definitions/write-lifecycle.ts';
import type { Subject } from '../../../../shared/domain/facts/subject.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import { presets } from '../../../../shared/domain/lifecycle/presets/presets.ts';
import { stageOf, wakeAt } from '../../../../shared/domain/lifecycle/stage-of.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import { aRow, subjectWith } from '../../../support/customers.ts';
import { shopKinds, simulatedDay, simulateStore } from '../../../support/simulated-store.ts';

const now = simulatedDay(730);
const ordinary = shopKinds['ordinary'];

/** A shop's customers after two years: orders from the simulation, and beside them clicks, consent, referrals and answers. */
const people: readonly Subject[] =
  ordinary === undefined
    ? []
    : [...simulateStore({ ...ordinary, seed: 'presets', customers: 800, days: 730 }), ...Array(200).fill([])].map(
        (occasions: readonly { at: EpochMs; netMinor: number }[], n) => {
          const random = randomFor('signals', n);
          const categories = ['kitchen', 'bath'].slice(0, 1 + Number(random() < 0.2));
          const rows = occasions.map(({ at, netMinor }, k) =>
            aRow({ key: `standard:${k}`, placedAt: at, totalMinor: netMinor, categories }),
          );
          const signal = (share: number, value: number, at = value) => (random() < share ? { value, at } : undefined);
          const clickedAt = now - days(Math.floor(random() * 200));
          const told = {
            'engagement.lastClickAt': signal(0.4, clickedAt),
            'referral.lastAt': signal(0.03, clickedAt),
            'feedback.nps': signal(0.2, Math.floor(random() * 11), clickedAt),
          };
          const signals = Object.fromEntries(
            Object.entries(told).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
          );
          const consent = { state: 'granted' as const, at: clickedAt, basis: 'express' as const, statement: 's' };
          return { ...subjectWith(rows, now), signals, ...(random() < 0.5 ? { consent } : {}) };
        },
      );

const stagesIn = (lifecycle: Lifecycle): ReadonlySet<string> =>
  new Set(people.map((subject) => stageOf(lifecycle, subject, now)));

describe.each(presets)('preset $name', ({ name, about, lifecycle }) => {
  it('is a lifecycle that could be saved', () => {
    const { version: _version, ...draft } = lifecycle;
    expect(lifecycle.name).toBe(name);
    expect(about.length).toBeGreaterThan(40);
    expect(readLifecycle(writeLifecycle(lifecycle), 'lifecycle.yaml')).toEqual({ type: 'lifecycle', draft });
  });

  it('reaches each of its stages on an ordinary shop', () => {
    expect([...stagesIn(lifecycle)].sort()).toEqual(lifecycle.stages.map(({ id }) => id).sort());
  });

  it('wakes those whom time alone will move, and nobody where no rule looks at the clock', () => {
    const woken = people.filter((subject) => wakeAt(lifecycle, subject, now) !== undefined).length;
    if (name === 'acquisition') expect(woken).toBe(0);
    else expect(woken).toBeGreaterThan(people.length / 20);
  });
});

describe('the presets', () => {
  it('are the ones that are promised, the default first', () =>
    expect(presets.map(({ name }) => name)).toEqual([
      'ecommerce',
      'four-stage',
      'five-stage',
      'six-stage',
      'acquisition',
      'engagement',
    ]));

  it('call the same people loyal', () => {
    const top: Readonly<Record<string, string>> = {
      'four-stage': 'stability',
      'five-stage': 'mature',
      'six-stage': 'mature',
    };
    const loyal = people.filter((subject) => stageOf(ecommerce, subject, now) === 'loyal');
    expect(loyal.length).toBeGreaterThan(5);
    for (const { name, lifecycle } of presets)
      for (const subject of loyal)
        if (top[name] !== undefined) expect(stageOf(lifecycle, subject, now)).toBe(top[name]);
  });
});
