import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../../../../shared/domain/campaigns/enrolment.ts';
import { reached } from '../../../../shared/domain/campaigns/reached.ts';
import type { SendState } from '../../../../shared/domain/sends/send.ts';
import { sampleNow, sampleSend } from '../../../support/samples.ts';

const { campaign, occurrence } = sampleSend();
const enrolment = (arm: Enrolment['arm']): Enrolment => ({
  ...{ campaign, version: 1, occurrence, arm, status: 'ended', endedBy: 'merged' },
  ...{ enrolledAt: sampleNow, goalUntil: sampleNow },
});
const isReached = (state: SendState, arm: Enrolment['arm'] = 'mailed'): boolean =>
  reached([enrolment(arm)], [sampleSend({ state })]).length > 0;

describe('an enrolment of an account that joined another', () => {
  it.each<SendState>([
    { status: 'sending', leaseUntil: 1 },
    { status: 'unknown', since: 1 },
    { status: 'sent', sentAt: 1, messageId: 'm-1' },
    { status: 'abandoned', closedAt: 1 },
  ])('reached the person when its mail went or may have gone: $status', (state) => {
    expect(isReached(state)).toBe(true);
  });

  it.each<SendState>([
    { status: 'pending' },
    { status: 'skipped', reason: 'stage-left', closedAt: 1 },
    { status: 'failed', reason: 'refused', closedAt: 1 },
  ])('reached nobody when it did not: $status', (state) => {
    expect(isReached(state)).toBe(false);
    expect(isReached(state, 'held-out')).toBe(true);
  });

  it('is not reached by the mail of another occurrence', () => {
    const other = sampleSend({ occurrence: 'other', state: { status: 'sent', sentAt: 1, messageId: 'm-1' } });
    expect(reached([enrolment('mailed')], [other])).toEqual([]);
  });
});
