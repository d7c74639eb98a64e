import { consumedCapacity } from './consumed-capacity.ts';
import { dynamo } from './table-backend.ts';

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'].map(dynamo));
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'].map(dynamo));
const kib = 1_024;

/** What one answered request to the table server means to the meter and to the streams. */
export interface TableCall {
  meter: 'readUnits' | 'writeUnits';
  units: number;
  /** Tables it wrote. */
  written: string[];
}

/** Whether requests of this kind are on the bill. */
export const isMetered = (target: string): boolean => reads.has(target) || writes.has(target);

export const tableCall = (target: string, body: Buffer, answer: { status: number; body: Buffer }): TableCall => {
  const meter = writes.has(target) ? 'writeUnits' : 'readUnits';
  if (answer.status !== 200)
    return { meter: 'writeUnits', units: refusedWriteUnits(target, body, answer.body), written: [] };
  const { tables, units } = consumedCapacity(answer.body);
  return { meter, units, written: writes.has(target) ? tables : [] };
};

/** A write whose condition fails is billed like the write; the server does not say how much, so it is taken from the request. */
const refusedWriteUnits = (target: string, body: Buffer, answer: Buffer): number => {
  if (!writes.has(target) || !answer.includes('ConditionalCheckFailedException')) return 0;
  const request: unknown = JSON.parse(body.toString());
  if (typeof request !== 'object' || request === null || !('Item' in request)) return 1;
  return Math.max(1, Math.ceil(itemBytes(request.Item) / kib));
};

/** Item size by DynamoDB's rules, near enough for a rounded-up kilobyte: names and values in UTF-8, one byte per type tag. */
const itemBytes = (item: unknown): number => {
  if (typeof item === 'string') return Buffer.byteLength(item);
  if (Array.isArray(item)) return item.reduce<number>((sum, value) => sum + itemBytes(value) + 1, 3);
  if (typeof item !== 'object' || item === null) return 1;
  return Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + (/^(S|N|B|BOOL|NULL|M|L|SS|NS|BS)$/.test(name) ? 0 : Buffer.byteLength(name)) + itemBytes(value),
    0,
  );
};
