import type { StoreId, StoreSettings } from '../domain/store.ts';
import { type EpochMs, minutes } from '../domain/time.ts';
import type { StoreCatalogue } from '../ports/store-settings.ts';

type Known = Readonly<{ settings: StoreSettings; readAt: EpochMs }>;
const freshForMs = minutes(1);

const isFresh = ({ readAt }: Known, now: EpochMs): boolean => now >= readAt && now - readAt < freshForMs;

/**
 * Settings as a warm container knows them: a known store is kept for a minute, an unknown one is asked for each time, so that a
 * new store works at once.
 */
export const knownStores = (
  read: (store: StoreId) => Promise<StoreSettings | undefined>,
): Pick<StoreCatalogue, 'settings'> & Readonly<{ forget(store: StoreId): void }> => {
  const cache = new Map<StoreId, Known>();
  return {
    async settings(store, now) {
      const known = cache.get(store);
      if (known && isFresh(known, now)) return known.settings;
      const settings = await read(store);
      cache.delete(store);
      if (settings === undefined) return undefined;
      cache.set(store, { settings, readAt: now });
      return settings;
    },
    forget: (store) => void cache.delete(store),
  };
};
