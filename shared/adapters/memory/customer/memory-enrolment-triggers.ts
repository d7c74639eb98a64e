import type { CustomerId } from '../../../domain/customers/customer.ts';
import type { StoreId } from '../../../domain/store.ts';
import type { EpochMs } from '../../../domain/time.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { visitMoves } from '../../counter-moves.ts';
import { customerPk, customerSk, type ItemKey } from '../../dynamodb/keys.ts';
import { moveCounters } from '../memory-counters.ts';
import type { MemoryTable } from '../memory-table.ts';

type Triggers = Pick<CustomerStore, 'recordVisit' | 'settleVisit' | 'putConsent' | 'settleConsent'>;

const keyOf = (store: StoreId, customerId: CustomerId, sk: string): ItemKey => ({
  pk: customerPk(store, customerId),
  sk,
});
const enrolmentDue = (at: EpochMs | undefined) => (at === undefined ? undefined : ({ kind: 'enrolment', at } as const));

const settle = (table: MemoryTable, entity: 'VISIT' | 'CONSENT', key: ItemKey): void => {
  const there = table.get(entity, key);
  if (!there) return;
  const { dueAt: _, ...settled } = there;
  table.put(entity, key, settled);
};

/** Visits and consent statements: what may start an enrolment. */
export const memoryEnrolmentTriggers = (table: MemoryTable): Triggers => ({
  async recordVisit(store, customerId, visit) {
    const key = keyOf(store, customerId, customerSk.visit(visit.visit));
    if (table.get('VISIT', key)) return;
    table.put('VISIT', key, visit, enrolmentDue(visit.dueAt));
    moveCounters(table, store, visitMoves(visit));
  },
  async settleVisit(store, customerId, visit) {
    settle(table, 'VISIT', keyOf(store, customerId, customerSk.visit(visit)));
  },
  async putConsent(store, customerId, statement) {
    const key = keyOf(store, customerId, customerSk.consent(statement.at, statement.id));
    if (!table.get('CONSENT', key)) table.put('CONSENT', key, statement, enrolmentDue(statement.dueAt));
  },
  async settleConsent(store, customerId, { at, id }) {
    settle(table, 'CONSENT', keyOf(store, customerId, customerSk.consent(at, id)));
  },
});
