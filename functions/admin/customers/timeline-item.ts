import * as z from 'zod';
import { causes } from '../../../shared/domain/lifecycle/cause.ts';
import { orderStatuses } from '../../../shared/domain/orders/order.ts';
import { instant } from '../instant.ts';

const at = instant;

const visit = z.object({
  at,
  type: z.literal('visit'),
  visit: z.number().int(),
  stage: z.string(),
  from: z.string().optional(),
  cause: z.enum(causes),
  decidedAt: instant,
  order: z.string().optional().meta({ description: 'source:id of the order that caused it' }),
});
const consent = z.object({
  at,
  type: z.literal('consent'),
  status: z.enum(['granted', 'pending', 'withdrawn']),
  basis: z.enum(['express', 'soft', 'implied']),
  source: z.string(),
});
const optOut = z.object({ at, type: z.literal('opt-out') });
const suppression = z.object({
  at,
  type: z.literal('suppression'),
  reason: z.enum(['bounce', 'complaint', 'operator']).optional(),
});
const suppressionLifted = z.object({
  at,
  type: z.literal('suppression-lifted'),
  reason: z.enum(['bounce', 'complaint', 'operator']).meta({ description: 'What was lifted' }),
  because: z.string().optional().meta({ description: "The operator's words; only for the roles marketer and admin" }),
  agreedAt: instant.optional().meta({ description: 'When the person asked for mail again' }),
});
const enrolment = z.object({
  at,
  type: z.literal('enrolment'),
  campaign: z.string(),
  status: z.enum(['running', 'ended']),
  arm: z.enum(['mailed', 'held-out']),
  reason: z.string().optional().meta({ description: 'Why it ended' }),
  order: z.string().optional().meta({ description: 'source:id of the order that started it' }),
});
const conversion = z.object({ at, type: z.literal('conversion'), campaign: z.string() });
const send = z.object({
  at: at.meta({ description: 'When it was sent or closed; while it waits, when it is planned' }),
  type: z.literal('send'),
  campaign: z.string(),
  send: z.string(),
  step: z.string(),
  status: z.enum(['pending', 'sending', 'unknown', 'sent', 'skipped', 'failed', 'abandoned']),
  reason: z.string().optional().meta({ description: 'Why it did not go' }),
  plannedAt: instant,
  dueAt: instant.optional().meta({ description: 'When it is looked at again' }),
  messageId: z.string().optional(),
  feedback: z
    .object({
      deliveredAt: instant.optional(),
      clickedAt: instant.optional(),
      bouncedAt: instant.optional(),
      complainedAt: instant.optional(),
      rejectedAt: instant.optional(),
    })
    .optional(),
});
const order = z.object({
  at,
  type: z.literal('order'),
  order: z.string().meta({ description: 'source:id' }),
  status: z.enum(orderStatuses),
  totalMinor: z
    .number()
    .int()
    .optional()
    .meta({ description: "Minor units of the store's currency; absent for a foreign order" }),
  refundedMinor: z.number().int(),
});

export const timelineItem = z.discriminatedUnion('type', [
  visit,
  consent,
  optOut,
  suppression,
  suppressionLifted,
  enrolment,
  conversion,
  send,
  order,
]);
export type TimelineItem = z.output<typeof timelineItem>;
