import type { CustomerStore } from '../../../ports/customer-store.ts';
import { keyAttributes } from '../codec/item.ts';
import { updateItem } from '../conditional.ts';
import { contactNames } from '../items/contact-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

/** CONTACT is there: who clicks was mailed. Its version is raised, because the reservation of a mail writes CONTACT as it was read. */
export const noteClick = async (
  table: DynamoTable,
  ...[store, customerId, at]: Parameters<CustomerStore['noteClick']>
): Promise<boolean> => {
  const { type } = await updateItem(table, {
    Key: keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact }),
    UpdateExpression: 'SET #click = :at ADD #n :one',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#click) OR #click < :at)',
    ExpressionAttributeNames: { '#click': contactNames.lastClickAt, '#n': contactNames.version },
    ExpressionAttributeValues: { ':at': { N: String(at) }, ':one': { N: '1' } },
  });
  return type === 'written';
};
