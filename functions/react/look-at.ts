import type { Arrival } from '../../shared/domain/customers/arrival.ts';
import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { type Generation, sinceErasure } from '../../shared/domain/customers/generation.ts';
import { lookAtCustomer } from '../../shared/domain/customers/look-at-customer.ts';
import { differ } from '../../shared/domain/definitions/adoption.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { versionsOf } from '../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { type CustomerFamily, consentFiles, loadFamily } from '../family/customer-family.ts';
import type { ReactDeps } from './deps.ts';
import { forget, generationIn, handNamesOn } from './erase-late.ts';
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
  let anew: Anew | undefined;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const family = await loadFamily(deps.customers, store.id, start, 'decision');
    if (family.root.customer?.erasedAt !== undefined) {
      const next = generationIn(family, arrivals);
      if (next === undefined) return forget(deps, store.id, arrivals);
      anew = { ...next, from: [...(anew?.from ?? []), ...idsIn(family)] };
      start = next.customerId;
      continue;
    }
    const news = await sinceForgotten(deps, store, family, arrivals, anew);
    // Written before it takes over the names of the erased: cut short in between, they lead here again.
    const isFirst = anew !== undefined && family.root.customer === undefined;
    const other = isFirst ? undefined : await claimIdentities(deps, store, family, news, anew);
    if (other !== undefined) start = await link(deps, store.id, family.rootId, other, now);
    else if ((await commit(deps, store, family, news, anew, now)) && !isFirst) return;
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

/** Somebody who begins anew, and the ids of the erased whose names pass to them. */
type Anew = Generation & Readonly<{ from: readonly CustomerId[] }>;

const idsIn = ({ rootId, aliases }: CustomerFamily): readonly CustomerId[] => [rootId, ...aliases.map(({ id }) => id)];

/** What is not about an erased generation; the rest loses its person. */
const sinceForgotten = async (
  deps: ReactDeps,
  store: StoreSettings,
  { root, aliases }: CustomerFamily,
  arrivals: readonly Arrival[],
  anew: Anew | undefined,
): Promise<readonly Arrival[]> => {
  const until = [root, ...aliases.map(({ file }) => file)].flatMap(({ customer }) => customer?.forgottenUntil ?? []);
  if (anew !== undefined) until.push(anew.forgottenUntil);
  if (until.length === 0) return arrivals;
  const forgottenUntil = Math.max(...until);
  const told = arrivals.map((arrival) => ({ arrival, news: sinceErasure(arrival, forgottenUntil) }));
  const late = told.flatMap(({ arrival, news }) => (news === undefined ? [arrival] : []));
  if (late.length > 0) await forget(deps, store.id, late);
  return told.flatMap(({ news }) => news ?? []);
};

/** Claims what the payloads add; answers another customer who already owns one of them. */
const claimIdentities = async (
  deps: ReactDeps,
  store: StoreSettings,
  family: CustomerFamily,
  arrivals: readonly Arrival[],
  anew: Anew | undefined,
): Promise<CustomerId | undefined> => {
  const ids = new Set(idsIn(family));
  if (anew !== undefined) {
    const names = [...new Set(arrivals.flatMap(({ identities }) => identities))];
    return handNamesOn(deps, store.id, names, { from: anew.from, to: family.rootId, family: ids });
  }
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
  anew: Anew | undefined,
  now: EpochMs,
): Promise<boolean> => {
  const { lifecycle, fit, previous } = await definitionsFor(deps, store, root.customer, now);
  const look = lookAtCustomer({
    store,
    lifecycle,
    fit,
    previous,
    customerId: rootId,
    anew: anew && { generation: anew.generation, forgottenUntil: anew.forgottenUntil },
    customer: root.customer,
    contact: root.contact,
    orderRows: [root, ...aliases.map(({ file }) => file)].flatMap(({ orderRows }) => orderRows),
    enrolments: root.enrolments,
    aliases: aliases.map(({ id }) => id),
    aliasFiles: consentFiles(aliases),
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
