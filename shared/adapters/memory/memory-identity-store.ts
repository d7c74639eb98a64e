import type { IdentityStore } from '../../ports/identity-store.ts';
import { identityKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

export const memoryIdentityStore = (table: MemoryTable): IdentityStore => ({
  async find(store, identity) {
    return table.get('IDENT', identityKey(store, identity))?.owner;
  },
  async claim(store, identity, customerId) {
    const key = identityKey(store, identity);
    const there = table.get('IDENT', key);
    if (there?.owner !== undefined) return there.owner;
    table.put('IDENT', key, { ...there, owner: customerId });
    return customerId;
  },
  async release(store, identity, from) {
    const key = identityKey(store, identity);
    const owner = table.get('IDENT', key)?.owner;
    if (owner !== undefined && from.includes(owner)) table.put('IDENT', key, { releasedFrom: owner });
  },
});
