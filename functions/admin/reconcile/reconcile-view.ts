import * as z from 'zod';
import { type Reconcile, walks } from '../../../shared/domain/reconcile/reconcile.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { instant, isoOf } from '../instant.ts';

const count = z.number().int().nonnegative();

export const reconcileView = z.object({
  startedAt: instant,
  finishedAt: instant.optional(),
  since: instant.optional().meta({ description: 'When the outage began; absent = everything is rung for' }),
  walk: z.enum(walks).meta({ description: 'First every customer, then every order, refund and event' }),
  customers: count.meta({ description: 'Customers told and looked at again so far' }),
  expectedCustomers: count.meta({ description: 'Customers of the store, estimated' }),
  arrivals: count.meta({ description: 'Orders, refunds and events looked at again so far' }),
  looked: count.meta({ description: 'Items of the table this walk has passed' }),
  items: count.optional().meta({ description: 'Items of the table, known from the second walk on' }),
  readUnits: z.number().meta({ description: 'DynamoDB read units its walks through the table have cost' }),
  perMinute: count.meta({ description: 'At most so many are looked at again in a minute' }),
});

export const viewOfReconcile = (reconcile: Reconcile): z.input<typeof reconcileView> => ({
  startedAt: toIso(reconcile.startedAt),
  finishedAt: isoOf(reconcile.finishedAt),
  since: isoOf(reconcile.since),
  walk: reconcile.walk,
  customers: reconcile.customers,
  expectedCustomers: reconcile.total,
  arrivals: reconcile.arrivals,
  looked: reconcile.looked,
  items: reconcile.items,
  readUnits: reconcile.readUnits,
  perMinute: reconcile.perMinute,
});
