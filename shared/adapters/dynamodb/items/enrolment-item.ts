import type { Enrolment } from '../../../domain/campaigns/enrolment.ts';
import { number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

/** Attribute names, for writers that update instead of put. */
export const enrolmentNames = { status: 's', endedBy: 'e', convertedAt: 'cv' } as const;

export const enrolmentItem = itemOf(
  'ENROL',
  shape<Enrolment>({
    campaign: ['c', text],
    version: ['cn', number],
    occurrence: ['o', text],
    arm: ['a', oneOf(['mailed', 'held-out'])],
    enrolledAt: ['ea', number],
    goalUntil: ['g', number],
    startedBy: ['sb', text, 'optional'],
    status: [enrolmentNames.status, oneOf(['running', 'ended'])],
    endedBy: [enrolmentNames.endedBy, oneOf(['goal-reached', 'merged', 'erased', 'matured']), 'optional'],
    convertedAt: [enrolmentNames.convertedAt, number, 'optional'],
  }),
);
