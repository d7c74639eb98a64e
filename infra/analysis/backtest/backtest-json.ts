import { currencyExponent } from '../../../shared/domain/orders/money.ts';
import { toIso } from '../../../shared/domain/time.ts';
import type { Backtest, BacktestInput, CustomerOut } from './run-backtest.ts';

/** The backtest as one JSON object, for programs. Money in major units of `currency`, instants in RFC 3339, days in UTC. */
export const backtestJson = ({ history, from, asOf, lifecycle, store, consent }: BacktestInput, found: Backtest) => {
  const minorPerMajor = 10 ** currencyExponent(store.currency);
  return {
    ...{ orders: history.orders.length, customers: found.customers, from: toIso(from), to: toIso(asOf) },
    lifecycle: lifecycle.name,
    currency: store.currency,
    stages: found.stages.map(({ stage, people, revenueMinor }) => ({
      ...{ id: stage, customers: people, revenue: revenueMinor / minorPerMajor },
    })),
    transitions: found.transitions,
    otherMoves: found.otherMoves,
    byDay: found.byDay,
    campaigns: found.campaigns,
    model: modelOf(found),
    fits: found.rules.fits.map(({ at, fit, rebase }) => ({ version: fit.version, adoptedAt: toIso(at), rebase })),
    assumptions: { consent, rows: history.rows, layout: history.layout, reading: history.assumptions },
    ...(found.customersOut === undefined ? {} : { customersOut: found.customersOut.map(customerJson) }),
  };
};

const modelOf = ({ lastFit: { purchases, spend, flags } }: Backtest) => ({
  ...purchases.model,
  logLikelihood: purchases.logLikelihood,
  ...spend.model,
  flags,
});

const customerJson = ({ since, wakeAt, pAlive, expectedOrders, clv, ...customer }: CustomerOut) => ({
  ...customer,
  since: toIso(since),
  wakeAt: wakeAt === undefined ? null : toIso(wakeAt),
  ...{ pAlive: pAlive ?? null, expectedOrders: expectedOrders ?? null, clv: clv ?? null },
});
