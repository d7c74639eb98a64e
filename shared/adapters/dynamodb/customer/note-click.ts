import type { CustomerStore } from '../../../ports/customer-store.ts';
import { keyAttributes } from '../codec/item.ts';
import { updateItem } from '../conditional.ts';
import { contactNames } from '../items/contact-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

/** CONTACT is there: who clicks was mailed. Its version stays, because a click stands in the way of no mail. */
export const noteClick = async (
  table: DynamoTable,
  ...[store, customerId, at]: Parameters<CustomerStore['noteClick']>
): Promise<boolean> => {
  const { type } = await updateItem(table, {
    Key: keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact }),
    UpdateExpression: 'SET #click = :at',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#click) OR #click < :at)',
    ExpressionAttributeNames: { '#click': contactNames.lastClickAt },
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
  return type === 'written';
};
