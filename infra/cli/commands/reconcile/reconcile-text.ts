import { counted } from '../../text/moments.ts';
import type { Paint } from '../../text/paint.ts';
import type { ReconcileView } from './follow-reconcile.ts';

const number = (n: number): string => n.toLocaleString('en-GB');
const arrivals = 'orders, refunds and events';

const underWay = ({ walk, customers, expectedCustomers, looked, items }: ReconcileView): string =>
  walk === 'customers'
    ? `${number(customers)} of about ${counted(expectedCustomers, 'customer')} told again; ${arrivals} come after them`
    : `${counted(customers, 'customer')} told again; ${arrivals}: ${number(looked)} of ${number(items ?? looked)} items searched`;

/** How far a reconciliation has come, what it cost, and what to do next. */
export const reconcileText = (reconcile: ReconcileView | undefined, paint: Paint): readonly string[] => {
  if (reconcile === undefined) return ['  nothing had to be reconciled so far'];
  const cost = `  read ${number(Math.ceil(reconcile.readUnits))} units to find them`;
  if (reconcile.finishedAt === undefined)
    return [
      `${paint.yellow('…')} ${underWay(reconcile)}, up to ${number(reconcile.perMinute)} a minute`,
      cost,
      '  It goes on by itself. See it come on: reconcile --status',
    ];
  return [
    `${paint.green('✓')} ${counted(reconcile.customers, 'customer')} told again, ${number(reconcile.arrivals)} ${arrivals} looked at again`,
    cost,
    '  Next: see that no dead letters came of it (alarms of react, relay and enrol); then explain somebody who was missing.',
  ];
};
