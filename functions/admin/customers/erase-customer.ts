import * as z from 'zod';
import { defineRoute, noBody, ok } from '../route.ts';
import { findCustomer } from './find-customer.ts';

export const erasureView = z.strictObject({ id: z.string(), status: z.literal('accepted') });

/** Only react writes customers, so it is asked; the request waits in its queue and survives every failure. */
export const eraseCustomer = defineRoute({
  method: 'DELETE',
  path: '/v1/customers/{id}',
  operationId: 'eraseCustomer',
  summary: 'Erases a customer and everybody linked to them; it is done once the customer answers 410',
  roles: ['admin'],
  query: z.strictObject({}),
  body: noBody,
  response: erasureView,
  refusals: { 404: 'No such customer', 410: 'The customer was erased' },
  async run(deps, { store, params, now }) {
    const found = await findCustomer(deps, store.id, params['id'] ?? '', 'orders');
    if (found.type === 'problem') return found;
    const { customerId } = found.customer;
    await deps.react.enqueue([{ type: 'erasure', store: store.id, customer: customerId, at: now }]);
    return ok({ id: customerId, status: 'accepted' as const });
  },
});
