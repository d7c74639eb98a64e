import * as z from 'zod';
import { dynamo, type TableBackend } from './table-backend.ts';

export interface TableDefinition {
  name: string;
  keySchema: unknown;
  attributeDefinitions: unknown;
  globalIndexes: unknown[];
  localIndexes: unknown[];
  streamView: string | undefined;
  timeToLiveAttribute: string | undefined;
}

const description = z.object({ LatestStreamArn: z.string().optional() });
const created = z.object({ TableDescription: description });
const described = z.object({ Table: description });

/** Expiry is learned from the stream, so a table with TTL has one in any case. */
const hasStream = ({ streamView, timeToLiveAttribute }: TableDefinition): boolean =>
  streamView !== undefined || timeToLiveAttribute !== undefined;

export const streamViewOf = ({ streamView }: TableDefinition): string => streamView ?? 'NEW_IMAGE';

/** Makes the table unless kept data has it already. */
export const createTable = async (
  backend: TableBackend,
  table: TableDefinition,
): Promise<{ streamArn: string | undefined; isNew: boolean }> => {
  const existing = await backend.send(dynamo('DescribeTable'), Buffer.from(JSON.stringify({ TableName: table.name })));
  if (existing.status === 200) {
    return { streamArn: described.parse(JSON.parse(existing.body.toString())).Table.LatestStreamArn, isNew: false };
  }
  const answer = await backend.call(dynamo('CreateTable'), {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes }),
    ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes }),
    ...(hasStream(table) && { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewOf(table) } }),
  });
  return { streamArn: created.parse(answer).TableDescription.LatestStreamArn, isNew: true };
};
