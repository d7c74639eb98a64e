import { describe, expect, it } from 'vitest';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { type EnrolInput, enrol } from '../../../shared/domain/campaigns/enrol.ts';
import type { Occasion } from '../../../shared/domain/campaigns/occasion.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import { days, type EpochMs, hours } from '../../../shared/domain/time.ts';
import { aRow, start, subjectWith } from '../../support/customers.ts';
import { sampleCustomer } from '../../support/samples.ts';
import { shop } from '../../support/world.ts';

const welcome = defaultCampaigns.find(({ id }) => id === 'welcome');
if (welcome === undefined) throw new Error('the shipped campaigns hold a welcome');
const [step] = welcome.steps;
const delayMs = step?.delayMs ?? 0;

const inTime: Occasion = {
  ...({ type: 'visit', occurrence: '1', stage: 'new', by: 'order', left: false } as const),
  ...{ effectiveAt: start, decidedAt: start + hours(1), order: 'standard:1' },
};

const enrolledAt = (now: EpochMs, change: Partial<EnrolInput> = {}) => {
  const consent = { state: 'granted', at: start - days(1), basis: 'express', statement: 's' } as const;
  const customer = sampleCustomer({ stage: 'new', visit: 1, consent });
  const rows = [aRow()];
  return enrol(welcome, inTime, {
    ...{ store: shop, files: [{ customer, contact: noContact }], subject: subjectWith(rows, start + hours(1)) },
    ...{ suppressed: false, enrolments: [], orderRows: rows, now },
    ...change,
  }).type;
};

describe('a stage that was decided in time and is looked at late', () => {
  it('still enrols while its first mail would not be too late, and not a millisecond longer', () => {
    const lastAt = start + delayMs + welcome.notAfterMs;
    expect([start + hours(1), lastAt, lastAt + 1].map((now) => enrolledAt(now))).toEqual([
      'enrolled',
      'enrolled',
      'none',
    ]);
  });

  it('counts from the delivery where the mail does', () => {
    const deliveredAt = start + days(6);
    const lastAt = deliveredAt + (step?.afterDeliveryMs ?? Number.NaN) + welcome.notAfterMs;
    const delivered = { orderRows: [aRow({ deliveredAt })] };
    expect([lastAt, lastAt + 1].map((now) => enrolledAt(now, delivered))).toEqual(['enrolled', 'none']);
  });
});
