import * as z from 'zod';
import type { StreamRecord } from '../streams/stream-record.ts';
import { dynamo, type TableBackend } from './table-backend.ts';

const page = z.object({ Items: z.array(z.record(z.string(), z.unknown())), LastEvaluatedKey: z.unknown().optional() });
const keys = z.array(z.object({ AttributeName: z.string() }));

/** Deletes an item if it still expires at that second. */
export const deleteExpired = async (
  backend: TableBackend,
  item: { table: string; attribute: string; keys: Record<string, unknown>; seconds: string },
): Promise<void> => {
  await backend.call(dynamo('DeleteItem'), {
    TableName: item.table,
    Key: item.keys,
    ConditionExpression: '#expiry = :seconds',
    ExpressionAttributeNames: { '#expiry': item.attribute },
    ExpressionAttributeValues: { ':seconds': { N: item.seconds } },
  });
};

/** In kept data, what expires some day; later ones are learned from the stream. */
export const itemsThatExpire = async (
  backend: TableBackend,
  table: string,
  attribute: string,
  keySchema: unknown,
): Promise<Pick<StreamRecord['dynamodb'], 'Keys' | 'NewImage'>[]> => {
  const names = keys.parse(keySchema).map(({ AttributeName }) => AttributeName);
  const found: Pick<StreamRecord['dynamodb'], 'Keys' | 'NewImage'>[] = [];
  let from: unknown;
  do {
    const request = {
      TableName: table,
      FilterExpression: 'attribute_exists(#expiry)',
      ExpressionAttributeNames: { '#expiry': attribute },
      ...(from !== undefined && { ExclusiveStartKey: from }),
    };
    const { Items, LastEvaluatedKey } = page.parse(await backend.call(dynamo('Scan'), request));
    for (const item of Items)
      found.push({ Keys: Object.fromEntries(names.map((name) => [name, item[name]])), NewImage: item });
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return found;
};
