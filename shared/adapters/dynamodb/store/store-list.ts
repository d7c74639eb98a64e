import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { StoreId } from '../../../domain/store.ts';
import type { StoreList } from '../../../ports/store-list.ts';
import { storesPk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

export const dynamoStoreList = (table: DynamoTable): StoreList => ({
  async stores() {
    const found: StoreId[] = [];
    const pages = paginateQuery(
      { client: table.client },
      {
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: storesPk } },
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map((item) => item['sk']?.S ?? ''));
    return found;
  },
});
