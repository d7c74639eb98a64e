import type { ConsentFile } from '../../shared/domain/consent/fold-consent.ts';
import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import type { CustomerFile, CustomerStore, FileExtent } from '../../shared/ports/customer-store.ts';

/** A root with its aliases: one person. */
export type CustomerFamily = Readonly<{
  rootId: CustomerId;
  root: CustomerFile;
  aliases: readonly Readonly<{ id: CustomerId; file: CustomerFile }>[];
}>;

/**
 * Reads a customer and everybody linked to it. Starting from an alias leads to the root; links form no cycle because the
 * root is always the older.
 */
export const loadFamily = async (
  customers: Pick<CustomerStore, 'load'>,
  store: string,
  customerId: CustomerId,
  extent: FileExtent,
): Promise<CustomerFamily> => {
  const file = await customers.load(store, customerId, extent);
  const into = file.customer?.mergedInto;
  if (into !== undefined) {
    const own = await loadAliases(customers, store, file, extent);
    return [{ id: customerId, file }, ...own].reduce(withAlias, await loadFamily(customers, store, into, extent));
  }
  return { rootId: customerId, root: file, aliases: await loadAliases(customers, store, file, extent) };
};

type Alias = CustomerFamily['aliases'][number];

/** The files of those a root stands for; almost always nobody. */
export const loadAliases = (
  customers: Pick<CustomerStore, 'load'>,
  store: string,
  { customer }: CustomerFile,
  extent: FileExtent,
): Promise<readonly Alias[]> =>
  Promise.all((customer?.aliases ?? []).map(async (id) => ({ id, file: await customers.load(store, id, extent) })));

/** What the aliases have said about mail. */
export const consentFiles = (aliases: readonly Alias[]): readonly ConsentFile[] =>
  aliases.flatMap(({ file: { customer, contact } }) => (customer === undefined ? [] : [{ customer, contact }]));

/** An alias, or an alias of its own, whose root does not name it yet: the look that will is still to come, or was cut short. */
const withAlias = (family: CustomerFamily, alias: Alias): CustomerFamily =>
  family.aliases.some(({ id }) => id === alias.id) ? family : { ...family, aliases: [...family.aliases, alias] };
