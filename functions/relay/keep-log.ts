import { isDeepStrictEqual } from 'node:util';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import type { Suppression } from '../../shared/domain/customers/suppression.ts';
import { addressHashIn } from '../../shared/domain/identity/identities.ts';
import { isNothing, reasonsIn, type Withdrawn, withdrawnIn } from '../../shared/domain/restore/log-entry.ts';
import { sealName } from '../../shared/domain/restore/sealed-name.ts';
import { joinWithdrawn } from '../../shared/domain/restore/stronger.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { ErasureLog } from '../../shared/ports/erasure-log.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { SuppressionList } from '../../shared/ports/store-settings.ts';
import { loadFamily } from '../family/customer-family.ts';
import { passOptOutOn } from './pass-opt-out-on.ts';

export type KeepLogDeps = Readonly<{
  erasureLog: Pick<ErasureLog, 'note'>;
  customers: Pick<CustomerStore, 'load' | 'restrictContact'>;
  suppressions: Pick<SuppressionList, 'find'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
}>;

/** The images of one committed write of anything the log may be about. */
export type LoggedPair =
  | Readonly<{ type: 'customer'; before?: Customer; after: Customer }>
  | Readonly<{ type: 'contact'; store: StoreId; customerId: CustomerId; before?: Contact; after: Contact }>
  | Readonly<{ type: 'suppression'; store: StoreId; addressHash: string; after: Suppression }>;

/**
 * Copies what no restore may undo into the log outside the table. Ordinary orders and mails are no such thing, and cost nothing.
 * Noting a pair twice, or an earlier one after a later one, changes nothing.
 */
export const keepLog = async (deps: KeepLogDeps, pair: LoggedPair): Promise<void> => {
  if (pair.type === 'suppression') {
    const { store, addressHash, after } = pair;
    await deps.erasureLog.note({ type: 'suppression', store, addressHash, ...reasonsIn(after) });
  } else if (pair.type === 'customer') await noteCustomer(deps, pair);
  else if (restricts(pair.before, pair.after)) await noteWithdrawal(deps, pair.store, pair.customerId);
};

const restricts = (before: Contact | undefined, after: Contact): boolean => {
  const said = withdrawnIn(after);
  return !isNothing(said) && !isDeepStrictEqual(said, before === undefined ? {} : withdrawnIn(before));
};

const noteCustomer = async (
  deps: KeepLogDeps,
  { before, after }: Extract<LoggedPair, { type: 'customer' }>,
): Promise<void> => {
  // Told again after an outage: what it should have noted then is noted now.
  const isToldAgain = after.retoldAt !== before?.retoldAt;
  if (after.erasedAt !== undefined && (before?.erasedAt === undefined || isToldAgain))
    await noteErasure(deps, after, after.erasedAt);
  // Whoever was known by other names, or was somebody else's alias, is looked up again: what they said holds for all of them.
  const isWidened = before !== undefined && !isDeepStrictEqual(personIn(before), personIn(after));
  if (isWidened || isToldAgain) await noteWithdrawal(deps, after.store, after.customerId);
  if (isToldAgain) await noteSuppressions(deps, after);
};

/** The list has no doorbell of its own: whoever goes by an address brings it along. */
const noteSuppressions = async (deps: KeepLogDeps, { store, identities }: Customer): Promise<void> => {
  await Promise.all(
    identities.flatMap(addressHashIn).map(async (addressHash) => {
      const there = await deps.suppressions.find(store, addressHash);
      if (there !== undefined) await keepLog(deps, { type: 'suppression', store, addressHash, after: there });
    }),
  );
};

const personIn = ({ identities, aliases = [], mergedInto }: Customer) => ({ identities, aliases, mergedInto });

const noteErasure = async (deps: KeepLogDeps, customer: Customer, erasedAt: number): Promise<void> => {
  const { store, customerId, generation, firstSeenAt, mergedInto } = customer;
  const names = await sealed(deps, customer);
  await deps.erasureLog.note({
    ...{ type: 'erasure', store, customerId, erasedAt, generation, firstSeenAt, names },
    ...(mergedInto === undefined ? {} : { mergedInto }),
  });
};

const sealed = async ({ secrets }: KeepLogDeps, { store, identities }: Customer): Promise<readonly string[]> => {
  const key = await secrets.deploymentKey();
  return identities.map((name) => sealName(key, store, name)).sort();
};

/** What one account of a person said holds for every account of theirs: a restore may not know that they are one. */
const noteWithdrawal = async (deps: KeepLogDeps, store: StoreId, customerId: CustomerId): Promise<void> => {
  const { rootId, root, aliases } = await loadFamily(deps.customers, store, customerId, 'decision');
  const accounts = [{ id: rootId, file: root }, ...aliases];
  const said = accounts.map(({ file }) => withdrawnIn(file.contact)).reduce<Withdrawn>(joinWithdrawn, {});
  if (isNothing(said)) return;
  await passOptOutOn(deps.customers, store, root, said.optedOutAt);
  await Promise.all(
    accounts.map(async ({ id, file: { customer } }) => {
      const names = customer === undefined ? [] : await sealed(deps, customer);
      await deps.erasureLog.note({ type: 'withdrawal', store, customerId: id, ...said, names });
    }),
  );
};
