import { isRecord, recordOf } from './json.ts';

/** The partition keys of a table and its indexes, by name. */
export interface TableKeys {
  arn: string;
  partitionKey: string;
  indexes: Readonly<Record<string, string>>;
}

/** The value of an attribute, without its type. */
const textIn = (attribute: unknown): string[] => {
  const [value] = Object.values(recordOf(attribute));
  return typeof value === 'string' ? [value] : [];
};

/** The partition key in a key or an item. */
export const keyIn = (item: unknown, partitionKey: string): string[] => textIn(recordOf(item)[partitionKey]);

/** `#pk = :v`, `pk = :v` or `:v = pk`, anywhere in the expression. */
const equality = /(?<![<>])(?:([#\w.-]+)\s*=\s*(:\w+)|(:\w+)\s*=\s*([#\w.-]+))/g;

/** The partition a query reads; nothing when it names none, which DynamoDB refuses. */
export const keyQueried = (query: Readonly<Record<string, unknown>>, partitionKey: string): string[] => {
  const expression = query['KeyConditionExpression'];
  if (typeof expression !== 'string') return legacyKey(query, partitionKey);
  const names = recordOf(query['ExpressionAttributeNames']);
  const values = recordOf(query['ExpressionAttributeValues']);
  for (const [, left, right, flipped, other] of expression.matchAll(equality)) {
    const name = left ?? other ?? '';
    const isKey = (name.startsWith('#') ? names[name] : name) === partitionKey;
    if (isKey) return textIn(values[right ?? flipped ?? '']);
  }
  return [];
};

const legacyKey = (query: Readonly<Record<string, unknown>>, partitionKey: string): string[] => {
  const condition = recordOf(recordOf(query['KeyConditions'])[partitionKey]);
  const values = condition['AttributeValueList'];
  return condition['ComparisonOperator'] === 'EQ' && Array.isArray(values) ? textIn(values[0]) : [];
};

/** Partition keys of a BatchGetItem's or BatchWriteItem's part for one table. */
export const keysInBatch = (part: unknown, partitionKey: string): string[] => {
  const asked = recordOf(part)['Keys'];
  if (Array.isArray(asked)) return asked.flatMap((key) => keyIn(key, partitionKey));
  const writes: unknown[] = Array.isArray(part) ? part : [];
  return writes.filter(isRecord).flatMap(({ PutRequest, DeleteRequest }) => {
    const written = recordOf(PutRequest)['Item'] ?? recordOf(DeleteRequest)['Key'];
    return keyIn(written, partitionKey);
  });
};
