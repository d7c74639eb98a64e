import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { readContact } from '../../../../shared/adapters/dynamodb/items/contact-item.ts';
import { readCustomer } from '../../../../shared/adapters/dynamodb/items/customer-item.ts';
import { enrolmentItem } from '../../../../shared/adapters/dynamodb/items/enrolment-item.ts';
import { readOrderRow } from '../../../../shared/adapters/dynamodb/items/order-row-item.ts';
import { readSend } from '../../../../shared/adapters/dynamodb/items/send-item.ts';
import { customerOfPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { Enrolment } from '../../../../shared/domain/campaigns/enrolment.ts';
import type { Contact } from '../../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import type { OrderRow } from '../../../../shared/domain/orders/order-row.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';

/** What the summary of a local run is made from: the table as it stands. */
export type TableContents = Readonly<{
  customers: readonly Customer[];
  orderRows: readonly (OrderRow & Readonly<{ customerId: string }>)[];
  enrolments: readonly (Enrolment & Readonly<{ customerId: string }>)[];
  sends: readonly Send[];
  contacts: ReadonlyMap<string, Contact>;
  /** ORDER items: what was put at the door, of customers or of nobody. */
  orders: number;
}>;

type Item = Record<string, AttributeValue>;

const ownerOf = (item: Item): string => customerOfPk(item['pk']?.S ?? '')?.customerId ?? '';

const wanted = ['CUSTOMER', 'ORDER_ROW', 'ENROL', 'SEND', 'CONTACT', 'ORDER'] as const;

const scan = async (client: DynamoDBClient, table: string): Promise<Map<string, Item[]>> => {
  const items = new Map<string, Item[]>(wanted.map((entity) => [entity, []]));
  const names = wanted.map((_, n) => `:e${n}`);
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      FilterExpression: `#e IN (${names.join(', ')})`,
      ExpressionAttributeNames: { '#e': 'entity' },
      ExpressionAttributeValues: Object.fromEntries(wanted.map((entity, n) => [`:e${n}`, { S: entity }])),
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) items.get(item['entity']?.S ?? '')?.push(item);
  return items;
};

/** Reads the whole table: fit for a local run, not for a deployment. */
export const readTable = async (client: DynamoDBClient, table: string): Promise<TableContents> => {
  const items = await scan(client, table);
  const of = (entity: (typeof wanted)[number]): readonly Item[] => items.get(entity) ?? [];
  return {
    customers: of('CUSTOMER').map(readCustomer),
    orderRows: of('ORDER_ROW').map((item) => ({ ...readOrderRow(item), customerId: ownerOf(item) })),
    enrolments: of('ENROL').map((item) => ({ ...enrolmentItem.read(item), customerId: ownerOf(item) })),
    sends: of('SEND').map(readSend),
    contacts: new Map(of('CONTACT').map((item) => [ownerOf(item), readContact(item)])),
    orders: of('ORDER').length,
  };
};
