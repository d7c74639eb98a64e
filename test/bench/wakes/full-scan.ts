import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { BenchTables } from './table-server.ts';

/** How most systems find who is due: look at everybody, every time. The filter saves what travels, not what is read. */
export const scanForDue = async ({ client }: BenchTables, name: string, now: EpochMs): Promise<number> => {
  let found = 0;
  const input = {
    TableName: name,
    FilterExpression: 'entity = :customer AND w <= :now',
    ExpressionAttributeValues: { ':customer': { S: 'CUSTOMER' }, ':now': { N: String(now) } },
  };
  for await (const page of paginateScan({ client }, input)) found += page.Count ?? 0;
  return found;
};
