import * as z from 'zod';
import { emailIdentity } from '../../../shared/domain/identity/identities.ts';
import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';
import { personalRoles } from '../caller.ts';
import { unprocessable } from '../problem-answer.ts';
import { defineRoute, ok } from '../route.ts';
import { customerView, viewOfCustomer } from './customer-view.ts';
import { findCustomer, unknownCustomer } from './find-customer.ts';
import { readStage } from './stage-reading.ts';

export const lookupCustomer = defineRoute({
  method: 'POST',
  path: '/v1/customers:lookup',
  operationId: 'lookupCustomer',
  summary: 'The customer an e-mail address belongs to; the address travels in the body, so that it is in no log',
  roles: personalRoles,
  query: z.strictObject({}),
  body: z.strictObject({ email: z.string().min(3).max(320) }),
  response: customerView,
  refusals: { 404: 'No such customer' },
  async run(deps, call) {
    const email = normaliseEmail(call.body.email);
    if (email === undefined) {
      return unprocessable('the body is not valid', [{ path: 'body.email', rule: 'must be an e-mail address' }]);
    }
    const identity = emailIdentity(await deps.secrets.deploymentKey(), call.store.id, email);
    const id = await deps.identities.find(call.store.id, identity);
    if (id === undefined) return unknownCustomer;
    const found = await findCustomer(deps, call.store.id, id, 'orders');
    // An erased person's address must not answer otherwise than one never seen.
    if (found.type === 'problem') return unknownCustomer;
    return ok(viewOfCustomer(found.customer, await readStage(deps, found.customer, call), call.role));
  },
});
