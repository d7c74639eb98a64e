import * as z from 'zod';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { customerView, viewOfCustomer } from './customer-view.ts';
import { findCustomer } from './find-customer.ts';
import { readStage } from './stage-reading.ts';

export const getCustomer = defineRoute({
  method: 'GET',
  path: '/v1/customers/{id}',
  operationId: 'getCustomer',
  summary: 'One customer: stage, the instant time alone will change it, and the facts behind it',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: customerView,
  refusals: { 404: 'No such customer', 410: 'The customer was erased' },
  async run(deps, call) {
    const found = await findCustomer(deps, call.store.id, call.params['id'] ?? '', 'orders');
    if (found.type === 'problem') return found;
    return ok(viewOfCustomer(found.customer, await readStage(deps, found.customer, call), call.role));
  },
});
