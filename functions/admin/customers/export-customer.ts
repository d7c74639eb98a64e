import * as z from 'zod';
import type { StoreId } from '../../../shared/domain/store.ts';
import type { CustomerFile } from '../../../shared/ports/customer-store.ts';
import { loadAliases } from '../../family/customer-family.ts';
import { orderKeyOf } from '../../family/order-key-of.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { findCustomer } from './find-customer.ts';

const rows = z.array(z.record(z.string(), z.unknown()));

/** As it is kept, under the names the data model gives it: an account of data, not a picture of it. */
const accountView = z.strictObject({
  customer: z.record(z.string(), z.unknown()),
  contact: z.record(z.string(), z.unknown()),
  ...{ consents: rows, visits: rows, enrolments: rows, sends: rows, orders: rows, liftings: rows },
});
export const exportView = z.strictObject({ exportedAt: z.string(), accounts: z.array(accountView) });

/** Everything held on a person (GDPR art. 15 and 20): every account linked to them, with the orders as they came. */
export const exportCustomer = defineRoute({
  method: 'POST',
  path: '/v1/customers/{id}:export',
  operationId: 'exportCustomer',
  summary: 'Everything that is kept about a customer and everybody linked to them',
  roles: ['admin'],
  query: z.strictObject({}),
  body: noBody,
  response: exportView,
  refusals: { 404: 'No such customer', 410: 'The customer was erased' },
  async run(deps, { store, params, now }) {
    const found = await findCustomer(deps, store.id, params['id'] ?? '', 'whole');
    if (found.type === 'problem') return found;
    const aliases = await loadAliases(deps.customers, store.id, found.file, 'whole');
    const files = [found.file, ...aliases.map(({ file }) => file)];
    const accounts = await Promise.all(files.map((file) => accountOf(deps, store.id, file)));
    return ok({ exportedAt: new Date(now).toISOString(), accounts: accounts.flat() });
  },
});

const accountOf = async ({ intake }: AdminDeps, store: StoreId, file: CustomerFile) => {
  const { customer, contact, consents, visits, enrolments, sends, liftings, orderRows } = file;
  if (customer === undefined) return [];
  const orders = await Promise.all(orderRows.map(({ key }) => intake.loadOrder(orderKeyOf(store, key))));
  return [plain({ customer, contact, consents, visits, enrolments, sends, orders, liftings })];
};

/** As JSON shows it, which is what the schema describes. */
const plain = (account: object): z.output<typeof accountView> => accountView.parse(JSON.parse(JSON.stringify(account)));
