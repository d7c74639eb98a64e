import * as z from 'zod';
import { startRestore } from '../../../../functions/restore/start-restore.ts';
import type { Restore } from '../../../../shared/domain/restore/restore.ts';
import type { StoreId } from '../../../../shared/domain/store.ts';
import { seconds, toIso } from '../../../../shared/domain/time.ts';
import { type Context, defineCommand, type Report } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { Operations } from '../../system/operations.ts';
import { systemNow } from '../../system/system-now.ts';
import type { World } from '../../world.ts';
import { restoreStatus, restoreText, type StoreRestore } from './restore-text.ts';

const lookEveryMs = seconds(2);

const known = async ({ restores }: Operations, stores: readonly StoreId[]): Promise<readonly StoreRestore[]> => {
  const found = await Promise.all(stores.map(async (store) => ({ store, restore: await restores.load(store) })));
  return found.flatMap(({ store, restore }) => (restore === undefined ? [] : [{ store, restore }]));
};

const begin = async (context: Context, operations: Operations, stores: readonly StoreId[], anew: boolean) => {
  const now = await systemNow(context);
  const isStopped = async () => (await operations.sending()) === 'paused';
  for (const store of stores) {
    const started = await startRestore({ restores: operations.restores, isStopped }, store, { now, anew });
    if (started.type === 'sending-on')
      throw new Refusal(`mail of ${operations.where} is not stopped: a restored table could mail at any moment`, [
        'Stop it first: npm run perennial -- pause --all',
      ]);
  }
};

const followed = async (world: World, operations: Operations, stores: readonly StoreId[]) => {
  for (;;) {
    const all = await known(operations, stores);
    world.status(restoreStatus(all));
    if (all.every(({ restore }) => restore.finishedAt !== undefined)) return all;
    await world.sleep(lookEveryMs);
  }
};

const jsonOf = ({ store, restore }: StoreRestore) => ({
  store,
  restoredAt: toIso(restore.restoredAt),
  ...{ step: restore.step, done: restore.done, total: restore.total ?? null },
  finishedAt: instantOf(restore.finishedAt),
  left: restore.left ?? 0,
});
const instantOf = (at: Restore['finishedAt']): string | null => (at === undefined ? null : toIso(at));

const reportOf = (operations: Operations, all: readonly StoreRestore[]): Report => ({
  failed: all.some(({ restore }) => restore.left !== undefined),
  json: { where: operations.where, stores: all.map(jsonOf) },
  text: (paint) => restoreText(all, paint),
});

export const restore = defineCommand({
  name: 'restore',
  takes: '',
  summary:
    'after an older copy of the table took its place: erases, suppresses and opts out again what was since, and closes unsent mail',
  options: {
    status: { about: 'only say how far it has come' },
    'no-follow': { about: 'come back at once; it goes on by itself' },
    anew: { about: 'begin again, even while one is under way: the copy was made during a restore' },
  },
  examples: ['restore', 'restore --status', 'restore --store harbour'],
  schema: z.strictObject({
    words: z.tuple([], { error: 'restore takes no words; name one store with --store ID, or none for all' }),
    status: z.boolean().default(false),
    'no-follow': z.boolean().default(false),
    anew: z.boolean().default(false),
  }),
  async run({ status, 'no-follow': leave, anew }, context) {
    const { world, system } = context;
    const operations = await system.operations();
    const named = system.storeId();
    const stores = named === undefined ? await operations.stores() : [named];
    if (stores.length === 0) throw new Refusal(`there is no store in ${operations.where}`);
    if (!status) await begin(context, operations, stores, anew);
    const all = status || leave ? await known(operations, stores) : await followed(world, operations, stores);
    return reportOf(operations, all);
  },
});
