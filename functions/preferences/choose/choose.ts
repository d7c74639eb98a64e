import {
  type Choice,
  pageStatement,
  preferencesAfter,
  topicStatements,
} from '../../../shared/domain/consent/preferences.ts';
import { codeOf } from '../../../shared/domain/errors.ts';
import { firstUnsubscribeKeyId, readUnsubscribeToken } from '../../../shared/domain/sends/unsubscribe-token.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { CustomerStore } from '../../../shared/ports/customer-store.ts';
import type { Log } from '../../../shared/ports/log.ts';
import type { Secrets } from '../../../shared/ports/secrets.ts';
import type { StoreCatalogue } from '../../../shared/ports/store-settings.ts';

export type ChooseDeps = Readonly<{
  customers: Pick<CustomerStore, 'load' | 'putPreferences' | 'putConsent' | 'restrictContact'>;
  catalogue: Pick<StoreCatalogue, 'settings'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
  log: Pick<Log, 'error'>;
}>;

/** What somebody posted: everything stopped, or a choice. */
export type Posted = Readonly<{ type: 'stop' }> | (Readonly<{ type: 'choice' }> & Choice);

/** The choices as they stand. */
export type Standing = Readonly<{ topics: readonly Readonly<{ name: string; on: boolean }>[]; monthly: boolean }>;

export type ChooseOutcome =
  | Readonly<{ type: 'ask'; standing: Standing }>
  | Readonly<{ type: 'saved' }>
  | Readonly<{ type: 'stopped' }>
  | Readonly<{ type: 'unknown' }>
  | Readonly<{ type: 'failed' }>;

/** Answers one visit of a preference link; it carries the token of the unsubscribe link. Only a POST changes anything. */
export const choose = async (
  deps: ChooseDeps,
  { token, posted }: Readonly<{ token: string; posted: Posted | undefined }>,
  now: EpochMs,
): Promise<ChooseOutcome> => {
  try {
    const key = await deps.secrets.deploymentKey();
    const reading = readUnsubscribeToken(token, { [firstUnsubscribeKeyId]: key });
    if (reading.type !== 'granted') return { type: 'unknown' };
    const store = await deps.catalogue.settings(reading.store, now);
    if (store === undefined) return { type: 'unknown' };
    if (posted?.type === 'stop') return await stop(deps, store, reading.customerId, now);
    return await showOrSave(deps, store, reading.customerId, posted, now);
  } catch (error) {
    deps.log.error('preferences failed', { code: codeOf(error) });
    return { type: 'failed' };
  }
};

/** The opt-out first: it is what counts, and it must not wait for its statement. */
const stop = async (
  { customers }: ChooseDeps,
  { id }: StoreSettings,
  customerId: string,
  now: EpochMs,
): Promise<ChooseOutcome> => {
  await customers.restrictContact(id, customerId, { optedOutAt: now });
  await customers.putConsent(id, customerId, pageStatement('marketing', 'withdrawn', now));
  return { type: 'stopped' };
};

const showOrSave = async (
  { customers }: ChooseDeps,
  { id, topics = [] }: StoreSettings,
  customerId: string,
  posted: Choice | undefined,
  now: EpochMs,
): Promise<ChooseOutcome> => {
  const { contact } = await customers.load(id, customerId, 'decision');
  if (posted === undefined) {
    const off = contact.topicsOff ?? [];
    const standing = topics.map((name) => ({ name, on: !off.includes(name) }));
    return { type: 'ask', standing: { topics: standing, monthly: contact.monthlySince !== undefined } };
  }
  const after = preferencesAfter(contact, topics, posted, now);
  await customers.putPreferences(id, customerId, { ...after, chosenAt: now });
  for (const statement of topicStatements(contact, after, now)) await customers.putConsent(id, customerId, statement);
  return { type: 'saved' };
};
