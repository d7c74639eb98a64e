import * as z from 'zod';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';

const message = z.object({ detail: z.object({ store: z.string().min(1), customer: z.string().min(1) }) });

/** Reads a message of the enrol and send queues: a bus event, or a sweep's `{"detail":{"store","customer"}}`. Throws on anything else. */
export const customerCallOf = (body: string): CustomerCall => message.parse(JSON.parse(body)).detail;
