import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** `auto` begins the ramp of a new sender now, unless one is running; `off` ends it. */
export const withWarmup = (
  settings: StoreSettings,
  warmup: 'auto' | 'off' | undefined,
  now: EpochMs,
): StoreSettings => {
  if (warmup === undefined) return settings;
  const { warmupFrom, ...rest } = settings;
  return warmup === 'off' ? rest : { ...rest, warmupFrom: warmupFrom ?? now };
};
