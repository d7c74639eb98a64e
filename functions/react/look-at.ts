import type { Arrival } from '../../shared/domain/customers/arrival.ts';
import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { lookAtCustomer } from '../../shared/domain/customers/look-at-customer.ts';
import { differ } from '../../shared/domain/definitions/adoption.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { versionsOf } from '../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { type CustomerFamily, loadFamily } from '../family/customer-family.ts';
import type { ReactDeps } from './deps.ts';
import { link } from './link-customers.ts';

const maxAttempts = 8;

/**
 * Looks at one customer and commits what follows. The customer's own conditional write decides; who comes second reads again.
 */
export const lookAt = async (
  deps: ReactDeps,
  store: StoreSettings,
  customerId: CustomerId,
  arrivals: readonly Arrival[],
  now: EpochMs,
): Promise<void> => {
  let start = customerId;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const family = await loadFamily(deps.customers, store.id, start, 'decision');
    if (family.root.customer?.erasedAt !== undefined) return;
    const other = await claimIdentities(deps, store, family, arrivals);
    if (other !== undefined) start = await link(deps, store.id, family.rootId, other, now);
    else if (await commit(deps, store, family, arrivals, now)) return;
  }
  throw new LifecycleError(
    'write.contended',
    `cannot commit a customer: 'version' must stand still, got ${maxAttempts} conflicts`,
    {
      key: customerId,
      attempts: maxAttempts,
    },
  );
};

/** Claims what the payloads add; answers another customer who already owns one of them. */
const claimIdentities = async (
  deps: ReactDeps,
  store: StoreSettings,
  family: CustomerFamily,
  arrivals: readonly Arrival[],
): Promise<CustomerId | undefined> => {
  const ids = new Set([family.rootId, ...family.aliases.map(({ id }) => id)]);
  const known = new Set(
    [family.root, ...family.aliases.map(({ file }) => file)].flatMap(({ customer }) => customer?.identities ?? []),
  );
  const news = [...new Set(arrivals.flatMap(({ identities }) => identities))].filter(
    (identity) => !known.has(identity),
  );
  const owners = await Promise.all(news.map((identity) => deps.identities.claim(store.id, identity, family.rootId)));
  return owners.find((owner) => !ids.has(owner));
};

/** `false` when somebody else wrote the customer meanwhile. */
const commit = async (
  deps: ReactDeps,
  store: StoreSettings,
  { rootId, root, aliases }: CustomerFamily,
  arrivals: readonly Arrival[],
  now: EpochMs,
): Promise<boolean> => {
  const { lifecycle, fit, previous } = await definitionsFor(deps, store, root.customer, now);
  const look = lookAtCustomer({
    store,
    lifecycle,
    fit,
    previous,
    customerId: rootId,
    customer: root.customer,
    contact: root.contact,
    orderRows: [root, ...aliases.map(({ file }) => file)].flatMap(({ orderRows }) => orderRows),
    enrolments: root.enrolments,
    aliases: aliases.map(({ id }) => id),
    arrivals,
    now,
  });
  await Promise.all([
    ...look.rows.map((row) => deps.customers.putOrderRow(store.id, rootId, row)),
    ...look.statements.map((statement) => deps.customers.putConsent(store.id, rootId, statement)),
    ...look.conversions.map((enrolment) => deps.customers.endEnrolment(store.id, rootId, enrolment)),
    look.optedOutAt !== undefined && deps.customers.restrictContact(store.id, rootId, { optedOutAt: look.optedOutAt }),
  ]);
  return look.customer === undefined || (await deps.customers.save(look.customer)).type === 'saved';
};

/** What holds now, never older than what the customer was decided under, and that too where it differs. */
const definitionsFor = async (
  { definitions }: ReactDeps,
  store: StoreSettings,
  customer: Customer | undefined,
  now: EpochMs,
) => {
  const under = customer?.decidedUnder;
  const { lifecycle, fit } = await definitions.adopted(store, now, under);
  const changed = under !== undefined && differ(under, versionsOf({ lifecycle, fit }));
  return { lifecycle, fit, previous: changed ? await definitions.versions(store, under) : undefined };
};
