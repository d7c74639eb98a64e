import type { CustomerEvent, QuarantineEntry } from '../../../domain/intake/intake.ts';
import { mapOf, number, scalar, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape, tagged } from '../codec/shape.ts';
import { snapshotShape, sourceCodec } from './order-item.ts';

type Body = CustomerEvent['body'];

const bodyShape = tagged<Body, 'type'>('type', 't', {
  customer: shape({ customer: ['c', snapshotShape] }),
  behaviour: shape({ customer: ['c', snapshotShape], name: ['n', text], properties: ['p', mapOf(scalar)] }),
  merge: shape({ keepExternalId: ['k', text], loseExternalId: ['l', text] }),
  erase: shape<Omit<Extract<Body, { type: 'erase' }>, 'type'>>({
    externalId: ['x', text, 'optional'],
    email: ['e', text, 'optional'],
  }),
});

/** Attribute names, for writers that update instead of put. */
export const eventNames = { body: 'b' } as const;

export const eventItem = itemOf(
  'EVENT',
  shape<CustomerEvent>({
    store: ['st', text],
    source: ['so', sourceCodec],
    eventId: ['ei', text],
    at: ['a', number],
    body: [eventNames.body, bodyShape],
  }),
);

export const quarantineItem = itemOf(
  'QUARANTINE',
  shape<QuarantineEntry>({
    store: ['st', text],
    source: ['so', sourceCodec],
    at: ['a', number],
    reason: ['r', text],
    topic: ['t', text],
    ids: ['i', mapOf(text)],
    deliveryId: ['d', text, 'optional'],
  }),
);
