import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { CustomerRoll, RollEntry } from '../../../ports/customer-roll.ts';
import { type Attributes, number, text } from '../codec/codec.ts';
import { indexNames, rollPk, rollShards } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const entryOf = (item: Attributes): RollEntry => ({
  customerId: text.decode(item['rollSk'], 'rollSk'),
  stage: text.decode(item['stage'], 'stage'),
  decidedUnder: { lifecycle: number.decode(item['lifecycle'], 'lifecycle'), fit: number.decode(item['fit'], 'fit') },
  sampleHash: number.decode(item['sampleHash'], 'sampleHash'),
});

export const dynamoCustomerRoll = (table: DynamoTable): CustomerRoll => ({
  shards: rollShards,
  async page(store, shard, { after, limit }) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexNames.roll,
        KeyConditionExpression: after === undefined ? 'rollPk = :pk' : 'rollPk = :pk AND rollSk > :after',
        ExpressionAttributeValues: {
          ':pk': { S: rollPk(store, shard) },
          ...(after !== undefined && { ':after': { S: after } }),
        },
        Limit: limit,
      }),
    );
    const next = LastEvaluatedKey?.['rollSk']?.S;
    return { entries: Items.map(entryOf), ...(next !== undefined && { next }) };
  },
});
