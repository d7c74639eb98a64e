import * as z from 'zod';
import { anyRole } from '../caller.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AdminDeps } from '../deps.ts';
import { cursorParameter, pageLimit } from '../instant.ts';
import { type Call, defineRoute, noBody, ok } from '../route.ts';
import { findCustomer } from './find-customer.ts';

const query = z
  .strictObject({
    externalId: z
      .string()
      .regex(/^[a-z]+:.{1,200}$/, 'must be source:id, for example standard:c-1')
      .optional(),
    stage: z.string().min(1).max(64).optional(),
    limit: pageLimit(50),
    cursor: cursorParameter,
  })
  .refine((q) => q.externalId === undefined || (q.stage === undefined && q.cursor === undefined), {
    message: 'must stand alone: it names one customer',
    path: ['externalId'],
  });

export const customerPageView = z.object({
  items: z.array(z.object({ id: z.string(), stage: z.string() })),
  cursor: z.string().optional().meta({ description: 'Where the next page begins; absent on the last' }),
  id: z.string().optional().meta({ description: 'The one customer that externalId names' }),
});
type Query = z.output<typeof query>;

const byExternalId = async (deps: AdminDeps, call: Call, externalId: string) => {
  const id = await deps.identities.find(call.store.id, externalId);
  if (id === undefined) return ok({ items: [] });
  const found = await findCustomer(deps, call.store.id, id, 'orders');
  if (found.type === 'problem') return ok({ items: [] });
  const { customerId, stage } = found.customer;
  return ok({ id: customerId, items: [{ id: customerId, stage }] });
};

const page = async (deps: AdminDeps, call: Call<Query>) => {
  const { stage, limit, cursor } = call.query;
  const key = await deps.secrets.deploymentKey();
  const scope = ['customers', call.store.id, stage ?? ''];
  const from = cursor === undefined ? undefined : readCursor(key, scope, cursor);
  if (from?.type === 'problem') return from;
  const found = await deps.customers.list(call.store.id, {
    limit,
    ...(stage === undefined ? {} : { stage }),
    ...(from === undefined ? {} : { cursor: from.position }),
  });
  return ok({
    items: found.items.map((item) => ({ id: item.customerId, stage: item.stage })),
    ...(found.cursor === undefined ? {} : { cursor: writeCursor(key, scope, found.cursor) }),
  });
};

export const listCustomers = defineRoute({
  method: 'GET',
  path: '/v1/customers',
  operationId: 'listCustomers',
  summary: 'The customers of the store, of one stage, or the one an external id names; the list may lag by a moment',
  roles: anyRole,
  query,
  body: noBody,
  response: customerPageView,
  run: (deps, call) =>
    call.query.externalId === undefined ? page(deps, call) : byExternalId(deps, call, call.query.externalId),
});
