import type { LoggedErasure } from '../../shared/domain/restore/log-entry.ts';
import { openName } from '../../shared/domain/restore/sealed-name.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { ReactDeps } from './deps.ts';
import { eraseFile, putTombstone } from './erase-customer.ts';

/**
 * Makes an erasure true again in an older copy of the table. Whoever the copy still knows is erased as they were then; whoever
 * it never knew gets the tombstone alone, and the names that lead there, so that the next import of old orders finds them
 * erased. What names somebody else already stays theirs. Doing it twice changes nothing.
 */
export const layTombstone = async (deps: ReactDeps, store: StoreSettings, erasure: LoggedErasure): Promise<void> => {
  const { customerId: id, erasedAt } = erasure;
  const key = await deps.secrets.deploymentKey();
  const names = erasure.names.flatMap((name) => openName(key, store.id, name) ?? []);
  const file = await deps.customers.load(store.id, id, 'decision');
  // Which addresses are suppressed the log says by itself.
  if (file.customer !== undefined) await eraseFile(deps, store, { id, file, keepsAll: true }, erasedAt);
  else await putTombstone(deps, erasure, names);
  for (const name of names) await deps.identities.claim(store.id, name, id);
};
