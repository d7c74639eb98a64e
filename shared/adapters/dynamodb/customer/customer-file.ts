import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { noContact } from '../../../domain/customers/contact.ts';
import type { CustomerId } from '../../../domain/customers/customer.ts';
import type { StoreId } from '../../../domain/store.ts';
import type { CustomerFile, FileExtent } from '../../../ports/customer-store.ts';
import type { Attributes } from '../codec/codec.ts';
import { readContact } from '../items/contact-item.ts';
import { readCustomer } from '../items/customer-item.ts';
import { enrolmentItem } from '../items/enrolment-item.ts';
import { liftingItem } from '../items/lifting-item.ts';
import { readOrderRow } from '../items/order-row-item.ts';
import { readSend } from '../items/send-item.ts';
import { consentItem, visitItem } from '../items/visit-item.ts';
import { customerPk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

type Growing = {
  -readonly [K in keyof CustomerFile]: CustomerFile[K] extends readonly (infer T)[] ? T[] : CustomerFile[K];
};

const emptyFile = (): Growing => ({
  contact: noContact,
  orderRows: [],
  enrolments: [],
  sends: [],
  visits: [],
  consents: [],
  liftings: [],
});

/** Where each item of the partition goes; items of later versions that are not known here are passed over. */
const places: Readonly<Record<string, (file: Growing, item: Attributes) => void>> = {
  CUSTOMER: (file, item) => {
    file.customer = readCustomer(item);
  },
  CONTACT: (file, item) => {
    file.contact = readContact(item);
  },
  ORDER_ROW: (file, item) => void file.orderRows.push(readOrderRow(item)),
  ENROL: (file, item) => void file.enrolments.push(enrolmentItem.read(item)),
  SEND: (file, item) => void file.sends.push(readSend(item)),
  VISIT: (file, item) => void file.visits.push(visitItem.read(item)),
  CONSENT: (file, item) => void file.consents.push(consentItem.read(item)),
  LIFTING: (file, item) => void file.liftings.push(liftingItem.read(item)),
};

const decisionRange = {
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
  values: { ':first': { S: 'CONTACT' }, ':last': { S: 'O#~' } },
} as const;
const wholeRange = { KeyConditionExpression: 'pk = :pk', values: {} } as const;

/** One Query, more only where the partition is beyond 1 MB. */
export const loadCustomerFile = async (
  { client, name }: DynamoTable,
  store: StoreId,
  customerId: CustomerId,
  extent: FileExtent,
): Promise<CustomerFile> => {
  const { KeyConditionExpression, values } = extent === 'whole' ? wholeRange : decisionRange;
  const file = emptyFile();
  let from: Attributes | undefined;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression,
        ExpressionAttributeValues: { ':pk': { S: customerPk(store, customerId) }, ...values },
        ConsistentRead: extent !== 'orders',
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) places[item['entity']?.S ?? '']?.(file, item);
    from = page.LastEvaluatedKey;
  } while (from);
  return file;
};
