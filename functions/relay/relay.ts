import { changesBetween } from '../../shared/domain/customers/changes-between.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import { toldAgain } from '../../shared/domain/customers/told-again.ts';
import type { Visit } from '../../shared/domain/customers/visit.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';

export type RelayDeps = Readonly<{ customers: Pick<CustomerStore, 'recordVisit' | 'load'>; bus: Bus }>;

/** The images of one committed write of a customer. */
export type CustomerPair = Readonly<{ before?: Customer; after: Customer }>;

/**
 * Makes facts of committed changes: first the visit and its counters, then the bus, so that whoever hears of a stage finds
 * its visit in the table. Relaying a pair twice changes nothing and repeats the same fact ids.
 */
export const relay = async (deps: RelayDeps, pairs: readonly CustomerPair[]): Promise<void> => {
  const changes = pairs.map(({ before, after }) => ({ after, ...changesBetween(before, after) }));
  await Promise.all(changes.map(({ after, visit }) => record(deps, after, visit === undefined ? [] : [visit])));
  // Behind all others of the batch, so that what they told is not missing.
  const again = await Promise.all(pairs.filter(isMarked).map(({ after }) => tellMissing(deps, after)));
  await deps.bus.publish([...changes, ...again].flatMap(({ facts }) => facts));
};

const isMarked = ({ before, after }: CustomerPair): boolean => after.retoldAt !== before?.retoldAt;

const tellMissing = async (deps: RelayDeps, customer: Customer) => {
  const { visits: recorded } = await deps.customers.load(customer.store, customer.customerId, 'whole');
  const { visits, facts } = toldAgain(customer, recorded);
  await record(deps, customer, visits);
  return { facts };
};

const record = async ({ customers }: RelayDeps, of: Customer, visits: readonly Visit[]): Promise<void> => {
  for (const visit of visits) await customers.recordVisit(of.store, of.customerId, visit);
};
