import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Attributes } from './codec/codec.ts';
import { keyAttributes } from './codec/item.ts';
import type { ItemKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** One BatchGetItem carries 100 keys; a few at a time. */
const batchSize = 100;
const batchesAtOnce = 8;

/** Reads items by their keys and hands over each that is there, in no order. */
export const getMany = async (
  table: DynamoTable,
  keys: readonly ItemKey[],
  { consistent }: Readonly<{ consistent: boolean }>,
  take: (item: Attributes) => void,
): Promise<void> => {
  for (const round of batched(batched(keys.map(keyAttributes), batchSize), batchesAtOnce))
    for (const items of await Promise.all(round.map((batch) => readBatch(table, batch, consistent))))
      for (const item of items) take(item);
};

/** What the table did not get to is asked for again. */
const readBatch = async (
  table: DynamoTable,
  keys: readonly Attributes[],
  ConsistentRead: boolean,
): Promise<readonly Attributes[]> => {
  const found: Attributes[] = [];
  let asked: readonly Attributes[] = keys;
  while (asked.length > 0) {
    const request = { RequestItems: { [table.name]: { Keys: [...asked], ConsistentRead } } };
    const { Responses, UnprocessedKeys } = await table.client.send(new BatchGetItemCommand(request));
    found.push(...(Responses?.[table.name] ?? []));
    asked = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return found;
};

const batched = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
