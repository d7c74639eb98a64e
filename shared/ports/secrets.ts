import type { EpochMs } from '../domain/time.ts';

/** Webhook secrets by source, the current one first; two are valid during a rotation. */
export type StoreSecrets = Readonly<Partial<Record<string, readonly string[]>>>;

export interface Secrets {
  /** Cached per container; refreshed after 5 minutes, and with `suspect` at most once a minute. `undefined` = unknown store. */
  storeSecrets(store: string, now: EpochMs, suspect?: boolean): Promise<StoreSecrets | undefined>;
  /** 32 bytes; loaded once per container. */
  deploymentKey(): Promise<Uint8Array>;
}
