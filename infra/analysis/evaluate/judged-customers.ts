import type { Arrival } from '../../../shared/domain/customers/arrival.ts';
import type { CustomerId } from '../../../shared/domain/customers/customer.ts';
import { latestVersions } from '../../../shared/domain/facts/fold-orders.ts';
import { type CustomerSeries, seriesOf } from '../../../shared/domain/fit/customer-series.ts';
import { counts } from '../../../shared/domain/orders/counting.ts';
import { countingPolicy, type StoreSettings } from '../../../shared/domain/store.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import { arrivalsOf } from '../backtest/people/arrivals-of.ts';
import type { Person } from '../backtest/people/person.ts';

/** The line between what is known and what is judged. */
export type Split = Readonly<{ calibrationEnd: EpochMs; horizonDays: number }>;

/** A customer as known at the end of the calibration, and whether they ordered within the horizon after. */
export type JudgedCustomer = Readonly<{
  customerId: CustomerId;
  /** Never empty. */
  series: CustomerSeries;
  arrivals: readonly Arrival[];
  cameBack: boolean;
}>;

/**
 * Everybody with an order that counted at the end of the calibration; refunds of later are not known yet. Who only ever had
 * orders of nothing has no silence to be judged by, and is left out.
 *
 * Who came back has an order placed in (calibration end, calibration end + horizon] that counts by the end of the horizon.
 */
export const judgedCustomers = (
  people: readonly Person[],
  store: StoreSettings,
  { calibrationEnd, horizonDays }: Split,
): readonly JudgedCustomer[] => {
  const policy = countingPolicy(store);
  const endsAt = calibrationEnd + days(horizonDays);
  return people.flatMap((person) => {
    const all = arrivalsOf(person, { store, consent: 'assumed' });
    const rowsBy = (at: EpochMs) => all.flatMap((arrival) => (arrival.at <= at ? (arrival.row ?? []) : []));
    const series = seriesOf(rowsBy(calibrationEnd), policy);
    if (series.length === 0) return [];
    const cameBack = latestVersions(rowsBy(endsAt)).some(
      (row) => row.placedAt > calibrationEnd && row.placedAt <= endsAt && counts(row, policy),
    );
    const arrivals = all.filter(({ at }) => at <= calibrationEnd);
    return [{ customerId: person.customerId, series, arrivals, cameBack }];
  });
};
