import type { Secrets, StoreSecrets } from '../../../ports/secrets.ts';

export const memorySecrets = (
  stores: Readonly<Record<string, StoreSecrets>>,
  deploymentKey: Uint8Array = new Uint8Array(32).fill(7),
): Secrets => ({
  async storeSecrets(store) {
    return Object.hasOwn(stores, store) ? stores[store] : undefined;
  },
  async deploymentKey() {
    return deploymentKey;
  },
});
