import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import type { ConsentFile } from '../../../../shared/domain/consent/fold-consent.ts';
import { type Contact, noContact } from '../../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import { signalsOf } from '../../../../shared/domain/customers/signals.ts';
import { type GuardInput, guard } from '../../../../shared/domain/guardrails/guard.ts';
import { wakefulnessOf } from '../../../../shared/domain/guardrails/sunset.ts';
import { days, type EpochMs, hours } from '../../../../shared/domain/time.ts';
import { policy, rowsAt, start, subjectWith } from '../../../support/customers.ts';
import { sampleCustomer, sampleSend } from '../../../support/samples.ts';
import { shop } from '../../../support/world.ts';

const noon = start + hours(3);
const rescue = defaultCampaigns.filter(({ id }) => id === 'rescue');

type Change = Readonly<{
  customer?: Partial<Customer>;
  contact?: Partial<Contact>;
  input?: Partial<GuardInput>;
  lastAt?: EpochMs;
}>;

const verdictOf = (
  { customer = {}, contact = {}, input = {}, lastAt = noon - days(60) }: Change,
  kind = 'marketing' as const,
) => {
  const [campaign] = rescue;
  if (campaign === undefined) throw new Error('no campaign');
  const rows = rowsAt(lastAt - days(40), lastAt);
  const subject = subjectWith(rows, noon);
  const { causeOrder: _causeOrder, ...person } = sampleCustomer({
    ...{ history: subject.history, stage: 'at_risk', profile: { country: 'GB', email: 'a@b.example' } },
    consent: { state: 'granted', at: lastAt, basis: 'express', statement: 's' },
    ...customer,
  });
  const send = sampleSend({
    campaign: 'rescue',
    step: 'all-well',
    class: kind,
    plannedAt: noon,
    createdAt: noon,
    dueAt: noon,
  });
  return guard(send, {
    ...{
      store: shop,
      campaign,
      suppressed: false,
      subject,
      visits: [],
      orderRows: rows,
      policy,
      recent: [],
      now: noon,
    },
    files: [{ customer: person, contact: { ...noContact, ...contact } }],
    ...input,
  });
};

describe('holds', () => {
  it('an open case or a refund under way holds marketing until it is closed, and looks again', () => {
    expect(verdictOf({})).toEqual({ type: 'go' });
    for (const name of ['case.opened', 'refund.opened'])
      expect(verdictOf({ customer: { signals: signalsOf(name, {}, start) } })).toEqual({
        type: 'wait',
        reason: 'held',
        until: noon + hours(6),
      });
    for (const name of ['case.closed', 'refund.closed'])
      expect(verdictOf({ customer: { signals: signalsOf(name, {}, start) } })).toEqual({ type: 'go' });
  });

  it('an order of the last three days holds what it did not start', () => {
    const orderRows = rowsAt(noon - days(2));
    expect(verdictOf({ input: { orderRows } })).toEqual({ type: 'wait', reason: 'held', until: noon + days(1) });
  });

  it('what is past its not-after ends there, open case or not', () => {
    const [campaign] = rescue;
    const send = sampleSend({ campaign: 'rescue', plannedAt: noon - days(8), notAfterMs: days(7) });
    const rows = rowsAt(noon - days(60));
    const subject = subjectWith(rows, noon);
    const customer = sampleCustomer({
      history: subject.history,
      signals: signalsOf('case.opened', {}, start),
      stage: 'at_risk',
    });
    if (campaign === undefined) throw new Error('no campaign');
    expect(
      guard(send, {
        ...{
          store: shop,
          campaign,
          suppressed: false,
          subject,
          visits: [],
          orderRows: rows,
          policy,
          recent: [],
          now: noon,
        },
        files: [
          {
            customer: { ...customer, consent: { state: 'granted', at: start, basis: 'express', statement: 's' } },
            contact: noContact,
          },
        ],
      }),
    ).toEqual({ type: 'skip', reason: 'not-after' });
  });
});

const silent = (silentMs: number, change: Partial<Contact> = {}): ConsentFile => {
  const { consent: _consent, ...customer } = sampleCustomer({ firstSeenAt: noon - days(9_000) });
  return {
    customer: { ...customer, history: { ...customer.history, lastPlacedAt: noon - silentMs } },
    contact: { ...noContact, ...change },
  };
};

describe('sunset', () => {
  it('awake for 180 days, fading for 365, then asleep; slower shops count longer, never shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days(500) }), (silence) => {
        const expected = silence >= days(365) ? 'asleep' : silence >= days(180) ? 'fading' : 'awake';
        expect(wakefulnessOf([silent(silence)], 'normal', noon)).toBe(expected);
        expect(wakefulnessOf([silent(silence)], 'fast', noon)).toBe(expected);
        const order = ['awake', 'fading', 'asleep'];
        const slow = wakefulnessOf([silent(silence)], 'slow', noon);
        expect(order.indexOf(slow)).toBeLessThanOrEqual(order.indexOf(expected));
        expect(wakefulnessOf([silent(silence)], 'durable', noon)).toBe('awake');
      }),
    );
  });

  it('a click or a new yes wakes at once, of any of those merged', () => {
    const asleep = silent(days(400));
    expect(wakefulnessOf([asleep], 'normal', noon)).toBe('asleep');
    expect(wakefulnessOf([silent(days(400), { lastClickAt: noon - days(1) })], 'normal', noon)).toBe('awake');
    expect(wakefulnessOf([asleep, silent(days(10))], 'normal', noon)).toBe('awake');
    const consent = { state: 'granted', at: noon, basis: 'express', statement: 's' } as const;
    expect(wakefulnessOf([{ ...asleep, customer: { ...asleep.customer, consent } }], 'normal', noon)).toBe('awake');
  });

  it('the fading get one mail in 30 days; the sleeping none but the one that asks whether to stay', () => {
    const recent = [{ sendId: 'x', at: noon - days(20) }];
    const lastAt = noon - days(200);
    expect(verdictOf({ lastAt })).toEqual({ type: 'go' });
    expect(verdictOf({ lastAt, input: { recent } })).toEqual({ type: 'wait', reason: 'cap', until: noon + days(10) });
    expect(verdictOf({ lastAt: noon - days(60), input: { recent } })).toEqual({ type: 'go' });
    const long = noon - days(366);
    expect(verdictOf({ lastAt: long })).toEqual({ type: 'skip', reason: 'suppressed' });
    const [campaign] = rescue;
    if (campaign !== undefined)
      expect(verdictOf({ lastAt: long, input: { campaign: { ...campaign, asksToStay: true } } })).toEqual({
        type: 'go',
      });
  });
});
