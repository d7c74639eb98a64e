import type { Arrival } from '../../shared/domain/customers/arrival.ts';
import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { beginsAnew, type Generation, generationAfter } from '../../shared/domain/customers/generation.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { CustomerFamily } from '../family/customer-family.ts';
import { orderKeyOf } from '../family/order-key-of.ts';
import type { ReactDeps } from './deps.ts';

/** Who the arrivals for an erased person begin, if anybody: late news begin nobody. */
export const generationIn = (
  { root: { customer } }: CustomerFamily,
  arrivals: readonly Arrival[],
): Generation | undefined => {
  const erasedAt = customer?.erasedAt;
  if (customer === undefined || erasedAt === undefined) return undefined;
  return arrivals.some((arrival) => beginsAnew(arrival, erasedAt))
    ? generationAfter({ ...customer, erasedAt })
    : undefined;
};

/** Takes the person out of orders that came late: the amounts stay. */
export const forget = async ({ intake }: ReactDeps, store: StoreId, late: readonly Arrival[]): Promise<void> => {
  const rows = late.flatMap(({ row }) => row ?? []);
  await Promise.all(rows.map(({ key }) => intake.redactOrder(orderKeyOf(store, key))));
};

/**
 * Hands the names of the erased on to who came after them; who holds one already keeps it.
 *
 * @returns Another customer who owns one of them.
 */
export const handNamesOn = async (
  { identities }: Pick<ReactDeps, 'identities'>,
  store: StoreId,
  names: readonly string[],
  { from, to, family }: Readonly<{ from: readonly CustomerId[]; to: CustomerId; family: ReadonlySet<CustomerId> }>,
): Promise<CustomerId | undefined> => {
  const owners: CustomerId[] = [];
  for (const name of names) owners.push(await identities.claim(store, name, to, from));
  return owners.find((owner) => !family.has(owner));
};
