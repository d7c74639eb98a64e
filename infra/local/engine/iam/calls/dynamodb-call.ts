import { nameOfArn, tableArn } from '../../aws-names.ts';
import { AwsFault } from '../../messaging/aws-fault.ts';
import type { AccessRequest } from '../access-request.ts';
import { attributesRead } from './attributes-read.ts';
import { isRecord, type Json, recordOf, textOf } from './json.ts';
import { keyIn, keyQueried, keysInBatch, type TableKeys } from './leading-keys.ts';

export type KeysByTable = Readonly<Record<string, TableKeys>>;

/** What each part of a transaction needs: a transaction has no action of its own. */
const partActions: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const partiql = new Set(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);

/**
 * What a DynamoDB call needs to be allowed, with `dynamodb:LeadingKeys` taken from its keys.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const dynamoDbRequests = (operation: string, call: Json, tables: KeysByTable): AccessRequest[] => {
  if (partiql.has(operation))
    throw new AwsFault(400, 'UnknownOperationException', `${operation} is not supported here: its text is not read`);
  if (operation.startsWith('Transact')) return partsOf(call['TransactItems']).map((part) => partRequest(part, tables));
  if (operation.startsWith('Batch')) return batchRequests(operation, call, tables);
  const table = tableOf(call, tables);
  if (operation === 'Query') return [queryRequest(call, table)];
  if (operation === 'Scan')
    return [{ ...requestOf('Scan', resourceOf(call, table), undefined), context: attributesRead(call) }];
  const leading = 'Item' in call || 'Key' in call ? keyIn(call['Item'] ?? call['Key'], table.partitionKey) : undefined;
  return [requestOf(operation, resourceOf(call, table), leading)];
};

const requestOf = (action: string, resource: string, leading: readonly string[] | undefined): AccessRequest => ({
  action: `dynamodb:${action}`,
  resource,
  ...(leading !== undefined && leading.length > 0 && { context: { 'dynamodb:leadingkeys': leading } }),
});

/** A table nobody knows still has an ARN, which no policy is likely to name. */
const tableOf = (call: Json, tables: KeysByTable): TableKeys => {
  const name = nameOfArn(textOf(call['TableName']));
  const known = Object.hasOwn(tables, name) ? tables[name] : undefined;
  return known ?? { arn: tableArn(name === '' ? '*' : name), partitionKey: '', indexes: {} };
};

const resourceOf = (call: Json, { arn }: TableKeys): string =>
  typeof call['IndexName'] === 'string' ? `${arn}/index/${call['IndexName']}` : arn;

/** Without an equality on the partition key a query would carry no leading key and pass conditions on it: DynamoDB refuses it too. */
const queryRequest = (call: Json, table: TableKeys): AccessRequest => {
  const partitionKey = table.indexes[textOf(call['IndexName'])] ?? table.partitionKey;
  const leading = keyQueried(call, partitionKey);
  if (leading.length === 0 && partitionKey !== '')
    throw new AwsFault(400, 'ValidationException', `Query condition missed key schema element: ${partitionKey}`);
  return requestOf('Query', resourceOf(call, table), leading);
};

const partsOf = (items: unknown): Json[] => (Array.isArray(items) ? items.filter(isRecord) : []);

const partRequest = (part: Json, tables: KeysByTable): AccessRequest => {
  const [kind = '', given] = Object.entries(part)[0] ?? [];
  const call = recordOf(given);
  const table = tableOf(call, tables);
  return requestOf(partActions[kind] ?? kind, table.arn, keyIn(call['Item'] ?? call['Key'], table.partitionKey));
};

const batchRequests = (operation: string, call: Json, tables: KeysByTable): AccessRequest[] =>
  Object.entries(recordOf(call['RequestItems'])).map(([TableName, part]) => {
    const table = tableOf({ TableName }, tables);
    return requestOf(operation, table.arn, keysInBatch(part, table.partitionKey));
  });
