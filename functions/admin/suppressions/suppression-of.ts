import type { ConsentFile } from '../../../shared/domain/consent/fold-consent.ts';
import type { Suppression } from '../../../shared/domain/customers/suppression.ts';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';
import type { StoreId } from '../../../shared/domain/store.ts';
import { consentFiles, loadFamily } from '../../family/customer-family.ts';
import type { AdminDeps } from '../deps.ts';

/** What keeps an address from mail: the list, and the customer it belongs to, root first. */
export type AddressStanding = Readonly<{
  address: string;
  listed: Suppression | undefined;
  customer?: string;
  files: readonly ConsentFile[];
}>;

/** `undefined` = this is no e-mail address. */
export const standingOf = async (
  { secrets, suppressions, identities, customers }: AdminDeps,
  store: StoreId,
  text: string,
): Promise<AddressStanding | undefined> => {
  const email = normaliseEmail(text);
  if (email === undefined) return undefined;
  const address = addressHash(await secrets.deploymentKey(), store, email);
  const [listed, owner] = await Promise.all([
    suppressions.find(store, address),
    identities.find(store, `email:${address}`),
  ]);
  if (owner === undefined) return { address, listed, files: [] };
  const { rootId, root, aliases } = await loadFamily(customers, store, owner, 'decision');
  if (root.customer === undefined) return { address, listed, files: [] };
  const files = [{ customer: root.customer, contact: root.contact }, ...consentFiles(aliases)];
  return { address, listed, customer: rootId, files };
};
