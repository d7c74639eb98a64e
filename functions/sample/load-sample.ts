import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { type Subject, subjectOf } from '../../shared/domain/facts/subject.ts';
import { type CustomerSeries, seriesInHistory, seriesOf } from '../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import { countingPolicy, type StoreSettings } from '../../shared/domain/store.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import { loadFamily } from '../family/customer-family.ts';

/** One of a sample: ready to be asked under any fit, and what a fit reads of them (empty when nothing counts). */
export type Sampled = Readonly<{ subject: Omit<Subject, 'fit'>; series: CustomerSeries }>;

/** Told after each page of customers. */
export type Progress = (done: number, of: number) => void;

/** Who reads a sample: customers many at a time, order rows of single ones. */
export type SampleReader = Pick<CustomerStore, 'load' | 'loadMany'>;

/** Queries under way at once. */
const atOnce = 32;
const pageSize = 1_000;

/**
 * Reads what a fit is made of from some customers. Nearly all have so few orders that what was folded of them says all, and
 * come many at a time; only the rest are asked for their order rows, with the aliases folded into them. Who was erased
 * meanwhile is left out.
 */
export const loadSample = async (
  customers: SampleReader,
  store: StoreSettings,
  ids: readonly CustomerId[],
  progress: Progress = () => undefined,
): Promise<readonly Sampled[]> => {
  const found: Sampled[] = [];
  for (let start = 0; start < ids.length; start += pageSize) {
    const page = ids.slice(start, start + pageSize);
    found.push(...(await loadPage(customers, store, page)));
    progress(start + page.length, ids.length);
  }
  return found;
};

const loadPage = async (
  customers: SampleReader,
  store: StoreSettings,
  ids: readonly CustomerId[],
): Promise<readonly Sampled[]> => {
  const known = new Map((await customers.loadMany(store.id, ids)).map((customer) => [customer.customerId, customer]));
  const found: (Sampled | undefined)[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    for (let place = begun++; place < ids.length; place = begun++) {
      const customer = known.get(ids[place] ?? '');
      if (customer !== undefined)
        found[place] = inHistory(store, customer) ?? (await inRows(customers, store, customer));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found.filter((one) => one !== undefined);
};

const sampled = (store: StoreSettings, customer: Customer, series: CustomerSeries): Sampled => ({
  subject: subjectOf(customer, store, priorFit(store.rhythm)),
  series,
});

const inHistory = (store: StoreSettings, customer: Customer): Sampled | undefined => {
  if (customer.erasedAt !== undefined || customer.mergedInto !== undefined) return undefined;
  const series = seriesInHistory(customer.history);
  return series && sampled(store, customer, series);
};

const inRows = async (
  customers: Pick<CustomerStore, 'load'>,
  store: StoreSettings,
  { customerId }: Customer,
): Promise<Sampled | undefined> => {
  const { root, aliases } = await loadFamily(customers, store.id, customerId, 'orders');
  if (root.customer === undefined || root.customer.erasedAt !== undefined) return undefined;
  const rows = [root, ...aliases.map(({ file }) => file)].flatMap(({ orderRows }) => orderRows);
  return sampled(store, root.customer, seriesOf(rows, countingPolicy(store)));
};
