import type { Lifting } from '../../../domain/guardrails/lift-suppression.ts';
import { number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

/** Attribute names, for writers that update instead of put. */
export const liftingNames = { because: 'w' } as const;

export const liftingItem = itemOf(
  'LIFTING',
  shape<Lifting>({
    at: ['a', number],
    by: ['b', oneOf(['complaint', 'bounce', 'operator'])],
    suppressedAt: ['s', number],
    because: [liftingNames.because, text, 'optional'],
    agreedAt: ['g', number, 'optional'],
  }),
);
