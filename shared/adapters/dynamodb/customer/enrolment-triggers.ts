import type { ConsentStatement } from '../../../domain/consent/statement.ts';
import type { CustomerId } from '../../../domain/customers/customer.ts';
import type { Visit } from '../../../domain/customers/visit.ts';
import type { StoreId } from '../../../domain/store.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { visitMoves } from '../../counter-moves.ts';
import { keyAttributes } from '../codec/item.ts';
import { conditioned, ifAbsent, ifPresent, putItem, updateItem } from '../conditional.ts';
import { counterUpdates } from '../counters.ts';
import { consentItem, triggerDueName, visitItem } from '../items/visit-item.ts';
import { customerPk, customerSk, type ItemKey } from '../keys.ts';
import { type DynamoTable, dueAttributes, type ShardedTable } from '../table.ts';
import { transact } from '../transact.ts';

const visitKey = (store: StoreId, customerId: CustomerId, visit: number): ItemKey => ({
  pk: customerPk(store, customerId),
  sk: customerSk.visit(visit),
});
const consentKey = (store: StoreId, customerId: CustomerId, { at, id }: ConsentStatement): ItemKey => ({
  pk: customerPk(store, customerId),
  sk: customerSk.consent(at, id),
});

const recordVisit = async (
  table: ShardedTable,
  store: StoreId,
  customerId: CustomerId,
  visit: Visit,
): Promise<void> => {
  const key = visitKey(store, customerId, visit.visit);
  const due = dueAttributes(table, key, { kind: 'enrolment', at: visit.dueAt });
  const put = { TableName: table.name, Item: visitItem.write(key, visit, due), ...conditioned(ifAbsent) };
  // Refused = the visit is there, and with it its count: nothing is left to do.
  await transact(table, [{ Put: put }, ...counterUpdates(table, store, customerId, visitMoves(visit))]);
};

/** The item leaves the due index; the second time, or without the item, nothing changes. */
const settle = async (table: DynamoTable, key: ItemKey): Promise<void> => {
  await updateItem(table, {
    Key: keyAttributes(key),
    UpdateExpression: 'REMOVE duePk, dueSk, #dueAt',
    ExpressionAttributeNames: { '#dueAt': triggerDueName },
    ConditionExpression: `${ifPresent.expression} AND attribute_exists(#dueAt)`,
  });
};

type Triggers = Pick<CustomerStore, 'recordVisit' | 'settleVisit' | 'putConsent' | 'settleConsent'>;

/** Visits and consent statements: what may start an enrolment, and stands in the due index until it was decided. */
export const enrolmentTriggers = (table: ShardedTable): Triggers => ({
  recordVisit: (store, customerId, visit) => recordVisit(table, store, customerId, visit),
  settleVisit: (store, customerId, visit) => settle(table, visitKey(store, customerId, visit)),
  settleConsent: (store, customerId, statement) => settle(table, consentKey(store, customerId, statement)),
  async putConsent(store, customerId, statement) {
    const key = consentKey(store, customerId, statement);
    const due = dueAttributes(table, key, { kind: 'enrolment', at: statement.dueAt });
    await putItem(table, consentItem.write(key, statement, due), ifAbsent);
  },
});
