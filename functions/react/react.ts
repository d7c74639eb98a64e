import type { Arrival } from '../../shared/domain/customers/arrival.ts';
import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreId, StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { ReactCall } from '../../shared/ports/react-calls.ts';
import { arrivalOf, read } from './arrival-of.ts';
import type { ReactDeps } from './deps.ts';
import { eraseCustomer } from './erase-customer.ts';
import { layTombstone } from './lay-tombstone.ts';
import { liftAtWord } from './lift/lift-suppression.ts';
import { linkCustomers } from './link-customers.ts';
import { lookAt } from './look-at.ts';
import { resolveCustomer } from './resolve-customer.ts';
import { tellAgain } from './tell-again.ts';

/** A call that could not be finished; the others of its batch were. */
export type FailedCall = Readonly<{ call: ReactCall; error: unknown }>;

/** One customer to look at, with what arrived for them and the calls that asked for it. */
type Job = { store: StoreSettings; customerId: CustomerId; arrivals: Arrival[]; calls: ReactCall[] };

/**
 * Reacts to a batch: reads what the calls name, finds out whose it is, and looks at each distinct customer once.
 * One customer that fails never holds the others.
 */
export const react = async (
  deps: ReactDeps,
  calls: readonly ReactCall[],
  now: EpochMs,
): Promise<readonly FailedCall[]> => {
  const failed: FailedCall[] = [];
  const jobs = new Map<string, Job>();
  await Promise.all(
    distinct(calls).map(async (call) => {
      try {
        await prepare(deps, call, jobs, now);
      } catch (error) {
        failed.push({ call, error });
      }
    }),
  );
  await Promise.all(
    [...jobs.values()].map(async ({ store, customerId, arrivals, calls: asked }) => {
      try {
        await lookAt(deps, store, customerId, arrivals, now);
        await Promise.all(asked.map((call) => dropEventOf(deps, call)));
      } catch (error) {
        failed.push(...asked.map((call) => ({ call, error })));
      }
    }),
  );
  return failed;
};

const distinct = (calls: readonly ReactCall[]): readonly ReactCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify(call), call])).values(),
];

const prepare = async (deps: ReactDeps, call: ReactCall, jobs: Map<string, Job>, now: EpochMs): Promise<void> => {
  const storeId = storeOf(call);
  const [store, found] = await Promise.all([deps.catalogue.settings(storeId, now), read(deps, call)]);
  if (store === undefined)
    throw new LifecycleError('store.unknown', `cannot react: 'store' must exist, got ${storeId}`, { store: storeId });
  if (call.type === 'customer') {
    if (call.retellAt !== undefined) await tellAgain(deps.customers, call.store, call.customer, call.retellAt);
    return addJob(jobs, store, call.customer, call);
  }
  if (call.type === 'tombstone') return layTombstone(deps, store, call.erasure);
  if (call.type === 'lift') return liftAtWord(deps, store, call, now);
  if (call.type === 'erasure') return eraseCustomer(deps, store, { identities: [], ...call }, now);
  const arrived = arrivalOf(found, store, await deps.secrets.deploymentKey());
  if (arrived.type === 'nothing') return;
  if (arrived.type === 'erase') {
    await eraseCustomer(deps, store, arrived, now);
    return dropEventOf(deps, call);
  }
  if (arrived.type === 'merge') {
    await linkCustomers(deps, store, arrived.identities, now);
    return dropEventOf(deps, call);
  }
  const customerId = await resolveCustomer(deps, store.id, arrived.arrival.identities);
  if (customerId === undefined) return dropEventOf(deps, call);
  addJob(jobs, store, customerId, call, arrived.arrival);
};

const storeOf = (call: ReactCall): StoreId => {
  if (call.type === 'tombstone') return call.erasure.store;
  return call.type === 'order' ? call.key.store : call.store;
};

/** An event that was dealt with needs no words any more; those of a person must not outlive them. */
const dropEventOf = async ({ intake }: ReactDeps, call: ReactCall): Promise<void> => {
  if (call.type === 'event') await intake.dropEvent(call.store, call.source, call.eventId);
};

const addJob = (
  jobs: Map<string, Job>,
  store: StoreSettings,
  customerId: CustomerId,
  call: ReactCall,
  arrival?: Arrival,
): void => {
  const key = `${store.id}#${customerId}`;
  const job = jobs.get(key) ?? { store, customerId, arrivals: [], calls: [] };
  job.calls.push(call);
  if (arrival !== undefined) job.arrivals.push(arrival);
  jobs.set(key, job);
};
