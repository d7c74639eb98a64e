import { type FaultKind, faultFamilies } from '../../../infra/analysis/simulate/engine/faults.ts';
import { runScenario } from '../../../infra/analysis/simulate/run-scenario.ts';
import type { Scenario } from '../../../infra/analysis/simulate/scenario/scenario.ts';
import { scenarioOf } from '../../../infra/analysis/simulate/scenario/scenario-of.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';
import { days, hours } from '../../../shared/domain/time.ts';

const startAt = Date.UTC(2025, 5, 2, 9);

const order: Order = {
  ...({
    store: 'demo',
    source: 'standard',
    orderId: 'o-1',
    status: 'paid',
    kind: 'one_time',
    channel: 'online',
  } as const),
  ...{ currency: 'GBP', totalMinor: 4_800, refundedMinor: 0, test: false, placedAt: startAt, updatedAt: startAt },
  ...{ discounts: [], lines: [], linesDropped: 0 },
  customer: {
    externalId: 'c-4',
    email: 'quimby@mailbox.example',
    country: 'GB',
    consent: { state: 'granted', at: startAt, basis: 'express', source: 'checkout' },
  },
};

/** One customer, one order, and the welcome mail that follows a week later. */
export const oneMail: Scenario = {
  ...{
    seed: 1,
    startAt,
    endAt: startAt + days(9),
    personal: [],
    keepsLog: false,
    account: { perSecond: 14, perDay: 50_000 },
  },
  store: { ...scenarioOf(1).store, activeCampaigns: ['welcome'], createdAt: startAt },
  items: [{ type: 'webhook', at: startAt + hours(1), name: 'order', intake: { type: 'order', order } }],
  faults: { type: 'listed', faults: [] },
};

const kinds: readonly FaultKind[] = [...faultFamilies.crash, ...faultFamilies.error, 'stall'];

/** Every call of the functions of one name while nothing goes wrong, as a place for a fault, with each fault it may suffer. */
export const faultsIn = async (names: readonly string[], also: readonly FaultKind[] = []) => {
  const { trace } = await runScenario(oneMail, { isTraced: true });
  const calls = trace.map((line) => line.slice(26)).filter((line) => / #\d+$/.test(line));
  const places = calls.filter((call) => names.includes(call.split(' ')[0] ?? ''));
  return places.flatMap((place) => [...kinds, ...also].map((kind) => ({ place, kind })));
};

/** The run of one mail with exactly these faults. */
export const withFaults = (...faults: readonly Readonly<{ place: string; kind: FaultKind }>[]) =>
  runScenario({ ...oneMail, faults: { type: 'listed', faults } }, { isTraced: true });
