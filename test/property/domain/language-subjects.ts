import fc from 'fast-check';
import type { Subject } from '../../../shared/domain/facts/subject.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import { anyGaps, aRow, placedByGaps, start, subjectWith } from '../../support/customers.ts';

const anyMoment = fc.integer({ min: 0, max: 1_500 }).map((day) => start + days(day));

const anySignals = fc.record(
  {
    'engagement.lastClickAt': anyMoment,
    'engagement.lastCartAt': anyMoment,
    'referral.lastAt': anyMoment,
    'feedback.nps': fc.integer({ min: 0, max: 10 }),
    'case.open': fc.boolean(),
    'subscription.active': fc.boolean(),
    'loyalty.tier': fc.constantFrom('gold', 'silver'),
    'attributes.vip': fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Somebody who ordered now and then, or never, and did other things beside; with the instant of the last order. */
export const anySubject: fc.Arbitrary<Readonly<{ subject: Subject; lastAt: EpochMs }>> = fc
  .record({
    gaps: fc.oneof(fc.constant([]), anyGaps),
    signals: anySignals,
    consentAt: fc.option(anyMoment, { nil: undefined }),
    country: fc.option(fc.constantFrom('GB', 'IE'), { nil: undefined }),
    tags: fc.option(fc.subarray(['wholesale', 'staff']), { nil: undefined }),
    categories: fc.subarray(['kitchen', 'bath', 'garden']),
  })
  .map(({ gaps, signals, consentAt, country, tags, categories }) => {
    const placed = placedByGaps(gaps);
    const lastAt = placed.at(-1) ?? start;
    const rows = placed.map((placedAt, n) => aRow({ key: `standard:${n + 1}`, placedAt, categories }));
    const subject: Subject = {
      ...subjectWith(rows, lastAt),
      profile: {
        email: 'ada@example.com',
        ...(country === undefined ? {} : { country }),
        ...(tags === undefined ? {} : { tags }),
      },
      signals: Object.fromEntries(
        Object.entries(signals).map(([name, value]) => [
          name,
          { value, at: typeof value === 'number' ? value : start },
        ]),
      ),
      ...(consentAt === undefined
        ? {}
        : { consent: { state: 'granted' as const, at: consentAt, basis: 'express' as const, statement: 's' } }),
    };
    return { subject, lastAt };
  });
