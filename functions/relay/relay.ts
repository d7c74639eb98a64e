import { changesBetween } from '../../shared/domain/customers/changes-between.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';

export type RelayDeps = Readonly<{ customers: Pick<CustomerStore, 'recordVisit'>; bus: Bus }>;

/** The images of one committed write of a customer. */
export type CustomerPair = Readonly<{ before?: Customer; after: Customer }>;

/**
 * Makes facts of committed changes: first the visit and its counters, then the bus, so that whoever hears of a stage finds
 * its visit in the table. Relaying a pair twice changes nothing and repeats the same fact ids.
 */
export const relay = async ({ customers, bus }: RelayDeps, pairs: readonly CustomerPair[]): Promise<void> => {
  const changes = pairs.map(({ before, after }) => ({ after, ...changesBetween(before, after) }));
  await Promise.all(
    changes.map(async ({ after, visit }) => {
      if (visit !== undefined) await customers.recordVisit(after.store, after.customerId, visit);
    }),
  );
  await bus.publish(changes.flatMap(({ facts }) => facts));
};
