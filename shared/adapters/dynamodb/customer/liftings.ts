import type { CustomerStore } from '../../../ports/customer-store.ts';
import { keyAttributes } from '../codec/item.ts';
import { ifAbsent, ifPresent, putItem, updateItem } from '../conditional.ts';
import { liftingItem, liftingNames } from '../items/lifting-item.ts';
import { customerPk, customerSk, type ItemKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const liftingKey = (store: string, customerId: string, at: number): ItemKey => ({
  pk: customerPk(store, customerId),
  sk: customerSk.lifting(at),
});

/** What the operator said when a suppression was lifted. */
export const liftings = (table: DynamoTable): Pick<CustomerStore, 'putLifting' | 'redactLifting'> => ({
  async putLifting(store, customerId, lifting) {
    await putItem(table, liftingItem.write(liftingKey(store, customerId, lifting.at), lifting), ifAbsent);
  },
  async redactLifting(store, customerId, { at }) {
    await updateItem(table, {
      Key: keyAttributes(liftingKey(store, customerId, at)),
      UpdateExpression: `REMOVE ${liftingNames.because}`,
      ConditionExpression: ifPresent.expression,
    });
  },
});
