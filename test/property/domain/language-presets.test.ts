import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../shared/domain/lifecycle/presets/presets.ts';
import { stageOf, wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days } from '../../../shared/domain/time.ts';
import { anySubject } from './language-subjects.ts';

describe.each(presets)('under preset $name', ({ lifecycle }) => {
  it('a wake is never late and never needless', () => {
    fc.assert(
      fc.property(anySubject, fc.double({ min: 0, max: 700, noNaN: true }), ({ subject, lastAt }, later) => {
        const now = lastAt + Math.round(days(later));
        const present = stageOf(lifecycle, subject, now);
        const wake = wakeAt(lifecycle, subject, now);
        const until = wake?.at ?? now + days(4_000);
        for (let day = 0; now + days(day) < until; day += 7)
          expect(stageOf(lifecycle, subject, now + days(day))).toBe(present);
        expect(stageOf(lifecycle, subject, until - 1)).toBe(present);
        if (wake !== undefined) {
          expect(wake.stage).not.toBe(present);
          expect(stageOf(lifecycle, subject, wake.at)).toBe(wake.stage);
        }
      }),
      { numRuns: 300 },
    );
  });
});
