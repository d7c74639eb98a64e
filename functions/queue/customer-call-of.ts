import * as z from 'zod';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';

const message = z.object({
  'detail-type': z.string().optional(),
  detail: z.object({ store: z.string().min(1), customer: z.string().min(1), delivered: z.boolean().optional() }),
});

/** A queued call and, where the bus sent it, what happened. */
export type QueuedCall = CustomerCall & Readonly<{ fact?: string | undefined; delivered: boolean }>;

/** Reads a message of the enrol and send queues: a bus event, or a sweep's `{"detail":{"store","customer"}}`. Throws on anything else. */
export const customerCallOf = (body: string): QueuedCall => {
  const { 'detail-type': fact, detail } = message.parse(JSON.parse(body));
  return { store: detail.store, customer: detail.customer, fact, delivered: detail.delivered ?? false };
};
