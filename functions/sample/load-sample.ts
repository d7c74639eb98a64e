import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { type Subject, subjectOf } from '../../shared/domain/facts/subject.ts';
import { type CustomerSeries, seriesOf } from '../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import { countingPolicy, type StoreSettings } from '../../shared/domain/store.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import { loadFamily } from '../family/customer-family.ts';

/** One of a sample: ready to be asked under any fit, and what a fit reads of them (empty when nothing counts). */
export type Sampled = Readonly<{ subject: Omit<Subject, 'fit'>; series: CustomerSeries }>;

/** Told after each customer. */
export type Progress = (done: number, of: number) => void;

/** Queries under way at once. */
const atOnce = 32;

/** Reads the order rows of some customers, each with the aliases folded into them. Who was erased meanwhile is left out. */
export const loadSample = async (
  customers: Pick<CustomerStore, 'load'>,
  store: StoreSettings,
  ids: readonly CustomerId[],
  progress: Progress = () => undefined,
): Promise<readonly Sampled[]> => {
  const found: (Sampled | undefined)[] = [];
  let begun = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let place = begun++; place < ids.length; place = begun++) {
      found[place] = await sampledOf(customers, store, ids[place] ?? '');
      done += 1;
      progress(done, ids.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found.filter((one) => one !== undefined);
};

const sampledOf = async (
  customers: Pick<CustomerStore, 'load'>,
  store: StoreSettings,
  id: CustomerId,
): Promise<Sampled | undefined> => {
  const { root, aliases } = await loadFamily(customers, store.id, id, 'orders');
  if (root.customer === undefined || root.customer.erasedAt !== undefined) return undefined;
  const rows = [root, ...aliases.map(({ file }) => file)].flatMap(({ orderRows }) => orderRows);
  return {
    subject: subjectOf(root.customer, store, priorFit(store.rhythm)),
    series: seriesOf(rows, countingPolicy(store)),
  };
};
