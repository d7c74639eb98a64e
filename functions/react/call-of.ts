import * as z from 'zod';
import { eventOfPk, orderOfPk } from '../../shared/adapters/dynamodb/keys.ts';
import type { ReactCall } from '../../shared/ports/react-calls.ts';

const source = z.enum(['shopify', 'standard', 'woocommerce', 'stripe']);
const text = z.string().min(1);

const loggedErasure = z.object({
  type: z.literal('erasure'),
  ...{ store: text, customerId: text },
  ...{ erasedAt: z.number().int(), generation: z.number().int(), firstSeenAt: z.number().int() },
  mergedInto: text.exactOptional(),
  names: z.array(text),
});

/** The body of a react-retry message: `{"detail": ReactCall}`. */
const message = z.object({
  detail: z.discriminatedUnion('type', [
    z.object({ type: z.literal('order'), key: z.object({ store: text, source, orderId: text }) }),
    z.object({ type: z.literal('event'), store: text, source, eventId: text }),
    z.object({ type: z.literal('customer'), store: text, customer: text, retellAt: z.number().int().exactOptional() }),
    z.object({ type: z.literal('erasure'), store: text, customer: text, at: z.number().int() }),
    z.object({ type: z.literal('tombstone'), erasure: loggedErasure }),
    z.object({
      ...{ type: z.literal('lift'), store: text, address: text, customer: text.exactOptional() },
      ...{ because: text, at: z.number().int(), agreedAt: z.number().int().exactOptional() },
    }),
  ]),
});

/** What a queued message asks for; throws on anything else, so that it ends in the dead-letter queue. */
export const callOfMessage = (body: string): ReactCall => message.parse(JSON.parse(body)).detail;

/**
 * What a stream record rings for, from its key alone: the images say nothing that is not read again.
 *
 * @returns `undefined` for items react has no business with.
 */
export const callOfKey = (pk: string | undefined): ReactCall | undefined => {
  if (pk === undefined) return undefined;
  const order = orderOfPk(pk);
  if (order !== undefined) return { type: 'order', key: { ...order, source: source.parse(order.source) } };
  const event = eventOfPk(pk);
  return event === undefined ? undefined : { type: 'event', ...event, source: source.parse(event.source) };
};
