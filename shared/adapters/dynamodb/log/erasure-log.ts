import { isDeepStrictEqual } from 'node:util';
import { GetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { LifecycleError } from '../../../domain/errors.ts';
import type { LogEntry } from '../../../domain/restore/log-entry.ts';
import { joinEntries } from '../../../domain/restore/stronger.ts';
import type { ErasureLog } from '../../../ports/erasure-log.ts';
import type { Attributes } from '../codec/codec.ts';
import { keyAttributes } from '../codec/item.ts';
import { ifVersionBefore, putItem } from '../conditional.ts';
import { storePk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';
import { logKey, readLogEntry, revision, writeLogEntry } from './log-item.ts';

const maxAttempts = 8;

/** What is told again is read and not written. */
const note = async (table: DynamoTable, told: LogEntry): Promise<void> => {
  const read = { TableName: table.name, Key: keyAttributes(logKey(told)), ConsistentRead: true };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { Item } = await table.client.send(new GetItemCommand(read));
    const known = Item === undefined ? undefined : readLogEntry(Item);
    const joined = known === undefined ? told : joinEntries(known, told);
    if (known !== undefined && isDeepStrictEqual(known, joined)) return;
    const rev = (Item === undefined ? 0 : revision.decode(Item['rev'], 'rev')) + 1;
    if ((await putItem(table, writeLogEntry(joined, rev), ifVersionBefore(rev, 'rev'))).type === 'written') return;
  }
  throw new LifecycleError(
    'write.contended',
    `cannot note in the erasure log: 'rev' must stand still, got ${maxAttempts} conflicts`,
    { key: told.type, attempts: maxAttempts },
  );
};

const pages = async function* pages(table: DynamoTable, input: Omit<QueryCommandInput, 'TableName'>) {
  let from: Attributes | undefined;
  do {
    const start = from && { ExclusiveStartKey: from };
    const page = await table.client.send(new QueryCommand({ TableName: table.name, ...input, ...start }));
    yield page;
    from = page.LastEvaluatedKey;
  } while (from);
};

export const dynamoErasureLog = (table: DynamoTable): ErasureLog => ({
  note: (entry) => note(table, entry),
  async page(store, { after, limit }) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: {
          ':pk': { S: storePk(store) },
          ...(after !== undefined && { ':after': { S: after } }),
        },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    const next = LastEvaluatedKey?.['sk']?.S;
    return { entries: Items.map(readLogEntry), ...(next !== undefined && { next }) };
  },
  async count(store) {
    let count = 0;
    const input = {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: storePk(store) } },
      Select: 'COUNT' as const,
    };
    for await (const page of pages(table, input)) count += page.Count ?? 0;
    return count;
  },
});
