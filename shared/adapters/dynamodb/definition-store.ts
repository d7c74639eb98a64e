import { GetItemCommand, paginateQuery, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { StoreId } from '../../domain/store.ts';
import type { DefinitionStore } from '../../ports/definition-store.ts';
import { knownDefinitions } from '../known-definitions.ts';
import { type ItemCodec, keyAttributes } from './codec/item.ts';
import { conditioned, ifAbsent, ifVersionBefore, putItem, type Written } from './conditional.ts';
import { adoptionItem, fitItem, lifecycleItem } from './items/definition-items.ts';
import {
  adoptedAtKey,
  adoptionKey,
  adoptionPrefix,
  fitKey,
  fitPrefix,
  type ItemKey,
  lifecycleKey,
  lifecyclePrefix,
  storePk,
} from './keys.ts';
import type { DynamoTable } from './table.ts';
import { transact } from './transact.ts';

const outcome = ({ type }: Written) => ({ type: type === 'written' ? 'saved' : 'stale' }) as const;

export const dynamoDefinitionStore = (table: DynamoTable): DefinitionStore => {
  const get = async <T>(codec: ItemCodec<T>, key: ItemKey): Promise<T | undefined> => {
    const input = { TableName: table.name, Key: keyAttributes(key), ConsistentRead: true };
    const { Item } = await table.client.send(new GetItemCommand(input));
    return Item === undefined ? undefined : codec.read(Item);
  };
  const versionsBelow = (store: StoreId, prefix: string) => ({
    TableName: table.name,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: storePk(store) }, ':prefix': { S: prefix } },
    ScanIndexForward: false,
  });
  const newestFirst = async <T>(codec: ItemCodec<T>, store: StoreId, prefix: string): Promise<readonly T[]> => {
    const found: T[] = [];
    const pages = paginateQuery({ client: table.client }, versionsBelow(store, prefix));
    for await (const { Items = [] } of pages) found.push(...Items.map(codec.read));
    return found;
  };
  const adoption = (store: StoreId) => get(adoptionItem, adoptionKey(store));
  return {
    ...knownDefinitions({
      adoption,
      lifecycle: async (store, version) => (await get(lifecycleItem, lifecycleKey(store, version)))?.lifecycle,
      fit: async (store, version) => (await get(fitItem, fitKey(store, version)))?.fit,
    }),
    adoption,
    adoptions: async (store) => [...(await newestFirst(adoptionItem, store, adoptionPrefix))].reverse(),
    async adopt(store, next) {
      const now = adoptionItem.write(adoptionKey(store), next);
      const then = adoptionItem.write(adoptedAtKey(store, next.at), next);
      const { type } = await transact(table, [
        { Put: { TableName: table.name, Item: now, ...conditioned(ifVersionBefore(next.version)) } },
        { Put: { TableName: table.name, Item: then } },
      ]);
      return { type: type === 'written' ? 'saved' : 'stale' };
    },
    saveLifecycle: async (store, saved) =>
      outcome(await putItem(table, lifecycleItem.write(lifecycleKey(store, saved.lifecycle.version), saved), ifAbsent)),
    saveFit: async (store, saved) =>
      outcome(await putItem(table, fitItem.write(fitKey(store, saved.fit.version), saved), ifAbsent)),
    lifecycles: (store) => newestFirst(lifecycleItem, store, lifecyclePrefix),
    async newestFit(store) {
      const newest = { ...versionsBelow(store, fitPrefix), Limit: 1, ConsistentRead: true };
      const { Items: [item] = [] } = await table.client.send(new QueryCommand(newest));
      return item === undefined ? undefined : fitItem.read(item);
    },
    fits: (store) => newestFirst(fitItem, store, fitPrefix),
  };
};
