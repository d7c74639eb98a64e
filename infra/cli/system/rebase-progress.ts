import type * as z from 'zod';
import { rebaseAnswer } from '../../../functions/admin/lifecycle/get-rebase.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { Refusal } from '../refusal.ts';
import { progressBar } from '../text/lifecycle/progress-bar.ts';
import type { World } from '../world.ts';
import type { AdminApi } from './admin-api.ts';

export type RebaseView = NonNullable<z.output<typeof rebaseAnswer>['rebase']>;

export const rebaseOf = async (api: AdminApi): Promise<RebaseView | undefined> => {
  const found = await api.get('/v1/lifecycle/rebase', {}, rebaseAnswer);
  if (found.type === 'absent') throw new Refusal(found.detail);
  return found.body.rebase ?? undefined;
};

const lookEveryMs = seconds(2);

const statusOf = ({ round, done, customers }: RebaseView): string =>
  progressBar(
    round === 1 ? done : customers,
    customers,
    round === 1 ? 'customers' : 'customers; making sure of the last',
  );

/** Shows how a rebase comes on until it is through. */
export const followRebase = async (world: World, api: AdminApi): Promise<RebaseView | undefined> => {
  let rebase = await rebaseOf(api);
  while (rebase !== undefined && rebase.finishedAt === undefined) {
    world.status(statusOf(rebase));
    await world.sleep(lookEveryMs);
    rebase = await rebaseOf(api);
  }
  world.status('');
  return rebase;
};
