import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accepted,
  type FeedbackEvent,
  leaseMs,
  maxUnclearAttempts,
  reserved,
  settled,
  settleMs,
  unsettled,
  withFeedback,
} from '../../../shared/domain/sends/advance.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { days } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';

const pending: Send = {
  sendId: 's',
  store: 'demo',
  customerId: 'c',
  campaign: 'welcome',
  campaignVersion: 1,
  step: 'welcome',
  template: 'welcome/settling-in',
  occurrence: '1',
  class: 'marketing',
  priority: 70,
  byOwnAct: true,
  createdAt: start,
  plannedAt: start,
  notAfterMs: days(7),
  dueAt: start,
  attempt: 0,
  version: 1,
  state: { status: 'pending' },
  feedback: {},
};

const anyEvent: fc.Arbitrary<FeedbackEvent> = fc.record({
  type: fc.constantFrom('sent', 'delivered', 'bounced', 'complained', 'clicked', 'rejected'),
  at: fc.integer({ min: start, max: start + days(3) }),
  messageId: fc.constant('m-1'),
});

const fold = (send: Send, events: readonly FeedbackEvent[]): Send =>
  events.reduce((known, event) => withFeedback(known, event) ?? known, send);

describe('feedback', () => {
  it('never takes back a fact, and a second telling changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const known = fold(accepted(reserved(pending, start), 'm-1', start), events);
        expect(fold(known, events)).toEqual(known);
        for (const [field, at] of Object.entries(known.feedback))
          expect(
            events.some((event) => event.at === at),
            field,
          ).toBe(true);
      }),
    );
  });

  it('any event proves that an attempt was accepted, even before it was marked', () => {
    fc.assert(
      fc.property(anyEvent, fc.boolean(), (event, leaseRanOut) => {
        const trying = reserved(pending, start);
        const known = fold(leaseRanOut ? unsettled(trying, start + leaseMs) : trying, [event]);
        expect(known.state).toMatchObject({ status: 'sent', messageId: 'm-1' });
        expect(known.dueAt).toBeUndefined();
      }),
    );
  });
});

describe('an attempt whose end nobody knows', () => {
  it('is unknown when its lease runs out, and given up after fifteen minutes without an event', () => {
    const trying = reserved(pending, start);
    expect(settled(trying, start + leaseMs - 1)).toBeUndefined();
    const unknown = settled(trying, start + leaseMs);
    expect(unknown?.state.status).toBe('unknown');
    expect(unknown && settled(unknown, start + leaseMs + settleMs - 1)).toBeUndefined();
    const given = unknown && settled(unknown, start + leaseMs + settleMs);
    expect(given?.state.status).toBe('abandoned');
    expect(given?.dueAt).toBeUndefined();
  });

  it('is tried again only when it is transactional', () => {
    const unknown = unsettled(reserved({ ...pending, class: 'transactional' }, start), start);
    expect(settled(unknown, start + settleMs)?.state.status).toBe('pending');
    const third = { ...unknown, attempt: maxUnclearAttempts };
    expect(settled(third, start + settleMs)?.state.status).toBe('abandoned');
  });

  it('every step raises the version by one, so that of two writers one is refused', () => {
    const trying = reserved(pending, start);
    expect([trying.version, trying.attempt]).toEqual([2, 1]);
    expect(accepted(trying, 'm', start).version).toBe(3);
  });
});
