import { operatorSource } from '../../../shared/domain/consent/statement.ts';
import type { Arrival } from '../../../shared/domain/customers/arrival.ts';
import { standsSuppressed } from '../../../shared/domain/customers/suppression.ts';
import { type Lifting, liftSuppression } from '../../../shared/domain/guardrails/lift-suppression.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';
import { type CustomerFamily, consentFiles, loadFamily } from '../../family/customer-family.ts';
import type { ReactDeps } from '../deps.ts';
import { lookAt } from '../look-at.ts';

export type LiftCall = Extract<ReactCall, { type: 'lift' }>;

/**
 * Lifts a suppression at the operator's word: first the word is written down, then what kept the address from mail is lifted,
 * last the person's own yes is taken in, which may have to be confirmed by mail. A second time nothing changes.
 */
export const liftAtWord = async (
  deps: ReactDeps,
  store: StoreSettings,
  call: LiftCall,
  now: EpochMs,
): Promise<void> => {
  const [listed, family] = await Promise.all([
    deps.suppressions.find(store.id, call.address),
    call.customer === undefined ? undefined : loadFamily(deps.customers, store.id, call.customer, 'decision'),
  ]);
  const verdict = liftSuppression(listed, filesOf(family), call);
  const lifting = verdict.type === 'lift' ? verdict.lifting : saidBefore(family, call);
  if (lifting === undefined) return;
  if (family !== undefined) await liftCustomer(deps, store, family, lifting);
  await deps.suppressions.lift(store.id, call.address, lifting.at);
  if (family !== undefined && lifting.agreedAt !== undefined)
    await lookAt(deps, store, family.rootId, [yesOf(lifting.agreedAt)], now);
};

const filesOf = (family: CustomerFamily | undefined) =>
  family?.root.customer === undefined
    ? []
    : [{ customer: family.root.customer, contact: family.root.contact }, ...consentFiles(family.aliases)];

/** The word of this very call, written down by a try that was cut short. */
const saidBefore = (family: CustomerFamily | undefined, { at }: LiftCall): Lifting | undefined =>
  family?.root.liftings.find((lifting) => lifting.at === at);

const liftCustomer = async (
  { customers }: ReactDeps,
  store: StoreSettings,
  { rootId, root, aliases }: CustomerFamily,
  lifting: Lifting,
): Promise<void> => {
  await customers.putLifting(store.id, rootId, lifting);
  const stopped = [{ id: rootId, file: root }, ...aliases].filter(({ file }) => standsSuppressed(file.contact));
  await Promise.all(stopped.map(({ id }) => customers.restrictContact(store.id, id, { liftedAt: lifting.at })));
};

/** What the person said to the operator, as if it had come by webhook. */
const yesOf = (at: EpochMs): Arrival => ({
  source: 'standard',
  at,
  snapshot: { consent: { state: 'granted', at, basis: 'express', source: operatorSource } },
  identities: [],
});
