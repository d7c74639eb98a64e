import type * as z from 'zod';
import { reconcileAnswer } from '../../../../functions/admin/reconcile/get-reconcile.ts';
import { seconds } from '../../../../shared/domain/time.ts';
import { Refusal } from '../../refusal.ts';
import type { AdminApi } from '../../system/admin-api.ts';
import { progressBar } from '../../text/lifecycle/progress-bar.ts';
import type { World } from '../../world.ts';

export type ReconcileView = NonNullable<z.output<typeof reconcileAnswer>['reconcile']>;

export const reconcileOf = async (api: AdminApi): Promise<ReconcileView | undefined> => {
  const found = await api.get('/v1/reconcile', {}, reconcileAnswer);
  if (found.type === 'absent') throw new Refusal(found.detail);
  return found.body.reconcile ?? undefined;
};

const lookEveryMs = seconds(2);

/** How many items there are is known once everybody was walked to. */
const statusOf = ({ walk, customers, expectedCustomers, looked, items = looked }: ReconcileView): string =>
  walk === 'customers'
    ? progressBar(customers, Math.max(customers, expectedCustomers), 'customers told again')
    : progressBar(looked, Math.max(looked, items), 'items searched for orders and events');

/** Shows how a reconciliation comes on until it is through. */
export const followReconcile = async (world: World, api: AdminApi): Promise<ReconcileView | undefined> => {
  let reconcile = await reconcileOf(api);
  while (reconcile !== undefined && reconcile.finishedAt === undefined) {
    world.status(statusOf(reconcile));
    await world.sleep(lookEveryMs);
    reconcile = await reconcileOf(api);
  }
  world.status('');
  return reconcile;
};
