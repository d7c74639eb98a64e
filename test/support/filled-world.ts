import { excludedStage } from '../../shared/domain/customers/excluded.ts';
import { foldOrders } from '../../shared/domain/facts/fold-orders.ts';
import type { CustomerSeries } from '../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../shared/domain/lifecycle/ecommerce.ts';
import { stageOf, wakeAt } from '../../shared/domain/lifecycle/stage-of.ts';
import { countingPolicy, type StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import { aRow } from './customers.ts';
import { sampleCustomer } from './samples.ts';

/** Puts people and their orders into a store as react would have left them: under the default lifecycle and the prior. */
export const fillStore = async (
  customers: CustomerStore,
  store: StoreSettings,
  people: readonly CustomerSeries[],
  { now, excluded = () => false }: Readonly<{ now: EpochMs; excluded?: (n: number) => boolean }>,
): Promise<void> => {
  const fit = priorFit(store.rhythm);
  for (const [n, series] of people.entries()) {
    const customerId = `c${n}`;
    const rows = series.map(({ at, netMinor }, k) =>
      aRow({ key: `standard:${n}-${k}`, placedAt: at, totalMinor: netMinor }),
    );
    const history = foldOrders(rows, countingPolicy(store), now);
    const subject = { history, profile: {}, fit, minorPerMajor: 100 };
    const wake = wakeAt(ecommerce, subject, now)?.at;
    const { wakeAt: _, ...person } = sampleCustomer({
      ...{ store: store.id, customerId, identities: [], profile: {}, history, version: 1 },
      stage: excluded(n) ? excludedStage : stageOf(ecommerce, subject, now),
    });
    await customers.save(wake === undefined ? person : { ...person, wakeAt: wake });
    await Promise.all(rows.map((row) => customers.putOrderRow(store.id, customerId, row)));
  }
};
