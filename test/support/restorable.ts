import { startRestore } from '../../functions/restore/start-restore.ts';
import { type MemoryTable, memoryTable } from '../../shared/adapters/memory/memory-table.ts';
import type { LoggedErasure } from '../../shared/domain/restore/log-entry.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { minutes } from '../../shared/domain/time.ts';
import { start } from './customers.ts';
import { makeWorld } from './world.ts';

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A backup: the table as it stands now. */
export const copyOf = (table: MemoryTable): MemoryTable => {
  const copy = memoryTable();
  for (const { entity, key, value, due } of [...table.rows()]) copy.put(entity, key, value, due);
  return copy;
};

/** The system over an older copy of its table; the log and the hour are what they were. */
export const overCopy = (world: World, copy: MemoryTable, at: EpochMs = world.now()): Promise<World> =>
  makeWorld({ there: { table: copy, erasureLog: world.deps.erasureLog, at } });

/** What an operator does once the copy is in place: with mail stopped, the log is replayed to its end. */
export const replayed = async (world: World): Promise<World> => {
  world.setSending('paused');
  const isStopped = () => world.deps.killSwitch.isOn();
  await startRestore({ restores: world.deps.restores, isStopped }, world.store.id, { now: world.now() });
  for (let n = 0; n < 10; n++) {
    await world.advanceTo(world.now() + minutes(1));
    if ((await world.deps.restores.load(world.store.id))?.finishedAt !== undefined) break;
  }
  return world;
};

/** An erasure as the log holds it. */
export const erasureLogged = (customerId: string): LoggedErasure => ({
  ...{ type: 'erasure', store: 'demo', customerId },
  ...{ erasedAt: start, generation: 0, firstSeenAt: start, names: [] },
});
