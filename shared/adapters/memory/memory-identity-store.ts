import type { IdentityStore } from '../../ports/identity-store.ts';
import { identityKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

export const memoryIdentityStore = (table: MemoryTable): IdentityStore => ({
  async find(store, identity) {
    return table.get('IDENT', identityKey(store, identity))?.owner;
  },
  async claim(store, identity, customerId, from = []) {
    const key = identityKey(store, identity);
    const owner = table.get('IDENT', key)?.owner;
    if (owner !== undefined && !from.includes(owner)) return owner;
    table.put('IDENT', key, { owner: customerId });
    return customerId;
  },
});
