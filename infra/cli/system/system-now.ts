import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Context } from '../command.ts';

/** The clock of the system itself: the local run's may be moved. */
export const systemNow = async ({ world, system }: Pick<Context, 'world' | 'system'>): Promise<EpochMs> => {
  const control = system.localControl();
  return control === undefined ? world.now() : control.now();
};
