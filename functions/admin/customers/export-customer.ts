import * as z from 'zod';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
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
  consents: rows.meta({ description: 'What was said about mail, with its date and source' }),
  visits: rows.meta({ description: 'Stays in stages' }),
  enrolments: rows.meta({ description: 'Runs of campaigns, with the arm drawn' }),
  sends: rows.meta({ description: 'Mails sent and withheld, with the reason and what became of them' }),
  orders: rows.meta({ description: 'As the platform sent them, with their refunds' }),
  liftings: rows.meta({ description: 'Suppressions the operator lifted' }),
  suppressions: rows.meta({ description: 'What the suppression list has on their addresses, by keyed hash' }),
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

const accountOf = async (deps: AdminDeps, store: StoreId, { orderRows, ...kept }: CustomerFile) => {
  if (kept.customer === undefined) return [];
  const [orders, suppressions] = await Promise.all([
    Promise.all(orderRows.map(({ key }) => deps.intake.loadOrder(orderKeyOf(store, key)))),
    suppressionsOf(deps, kept.customer),
  ]);
  return [plain({ ...kept, orders, suppressions })];
};

const suppressionsOf = async ({ suppressions }: AdminDeps, { store, identities }: Customer) => {
  const addresses = identities.flatMap((identity) => identity.match(/^email:(.+)$/)?.[1] ?? []);
  const found = await Promise.all(
    addresses.map(async (address) => ({ address, listed: await suppressions.find(store, address) })),
  );
  return found.flatMap(({ address, listed }) => (listed === undefined ? [] : [{ address, ...listed }]));
};

/** As JSON shows it, which is what the schema describes. */
const plain = (account: object): z.output<typeof accountView> => accountView.parse(JSON.parse(JSON.stringify(account)));
