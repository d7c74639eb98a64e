import { noContact } from '../../domain/customers/contact.ts';
import type { CustomerFile, CustomerStore } from '../../ports/customer-store.ts';
import { visitMoves } from '../counter-moves.ts';
import { customerPk, customerSk, rollShard } from '../dynamodb/keys.ts';
import { moveCounters } from './memory-counters.ts';
import type { MemoryTable, Row } from './memory-table.ts';

const keyOf = (store: string, customerId: string, sk: string) => ({ pk: customerPk(store, customerId), sk });

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
});

const place = (file: Growing, row: Row): void => {
  if (row.entity === 'CUSTOMER') file.customer = row.value;
  if (row.entity === 'CONTACT') file.contact = row.value;
  if (row.entity === 'ORDER_ROW') file.orderRows.push(row.value);
  if (row.entity === 'ENROL') file.enrolments.push(row.value);
  if (row.entity === 'SEND') file.sends.push(row.value);
  if (row.entity === 'VISIT') file.visits.push(row.value);
  if (row.entity === 'CONSENT') file.consents.push(row.value);
};

const dates = ['optedOutAt', 'complainedAt', 'suppressedAt', 'erasedAt'] as const;

export const memoryCustomerStore = (table: MemoryTable): CustomerStore => {
  const store: CustomerStore = {
    async load(storeId, customerId, extent) {
      const file = emptyFile();
      for (const row of table.partition(customerPk(storeId, customerId))) {
        if (extent === 'whole' || (row.key.sk >= 'CONTACT' && row.key.sk <= 'O#~')) place(file, row);
      }
      return file;
    },
    async save(customer) {
      const key = keyOf(customer.store, customer.customerId, customerSk.customer);
      if ((table.get('CUSTOMER', key)?.version ?? 0) !== customer.version - 1) return { type: 'stale' };
      const due = customer.wakeAt === undefined ? undefined : ({ kind: 'customer', at: customer.wakeAt } as const);
      table.put('CUSTOMER', key, customer, due);
      return { type: 'saved' };
    },
    async putOrderRow(storeId, customerId, row) {
      const key = keyOf(storeId, customerId, customerSk.orderRow(row.key));
      const there = table.get('ORDER_ROW', key);
      if (there === undefined || there.version < row.version) table.put('ORDER_ROW', key, row);
    },
    async putConsent(storeId, customerId, statement) {
      const key = keyOf(storeId, customerId, customerSk.consent(statement.at, statement.id));
      const due = statement.dueAt === undefined ? undefined : ({ kind: 'enrolment', at: statement.dueAt } as const);
      if (!table.get('CONSENT', key)) table.put('CONSENT', key, statement, due);
    },
    async settleConsent(storeId, customerId, { at, id }) {
      const key = keyOf(storeId, customerId, customerSk.consent(at, id));
      const there = table.get('CONSENT', key);
      if (!there) return;
      const { dueAt: _, ...settled } = there;
      table.put('CONSENT', key, settled);
    },
    async recordVisit(storeId, customerId, visit) {
      const key = keyOf(storeId, customerId, customerSk.visit(visit.visit));
      if (table.get('VISIT', key)) return;
      table.put('VISIT', key, visit, visit.dueAt === undefined ? undefined : { kind: 'enrolment', at: visit.dueAt });
      moveCounters(table, storeId, visitMoves(visit));
    },
    async settleVisit(storeId, customerId, visit) {
      const key = keyOf(storeId, customerId, customerSk.visit(visit));
      const there = table.get('VISIT', key);
      if (!there) return;
      const { dueAt: _, ...settled } = there;
      table.put('VISIT', key, settled);
    },
    async putEnrolment(storeId, customerId, enrolment) {
      const key = keyOf(storeId, customerId, customerSk.enrolment(enrolment.campaign, enrolment.occurrence));
      if (table.get('ENROL', key)) return { type: 'stale' };
      table.put('ENROL', key, enrolment);
      return { type: 'saved' };
    },
    async endEnrolment(storeId, customerId, { campaign, occurrence, status, endedBy, convertedAt }) {
      const key = keyOf(storeId, customerId, customerSk.enrolment(campaign, occurrence));
      const there = table.get('ENROL', key);
      if (!there) return;
      const converts = convertedAt !== undefined && there.convertedAt === undefined;
      const ends = status === 'ended' && there.status === 'running';
      table.put('ENROL', key, {
        ...there,
        ...(converts && { convertedAt }),
        ...(ends && { status, ...(endedBy && { endedBy }) }),
      });
    },
    async restrictContact(storeId, customerId, restriction) {
      const key = keyOf(storeId, customerId, customerSk.contact);
      const there = table.get('CONTACT', key) ?? noContact;
      const later = dates.filter((date) => (restriction[date] ?? -1) > (there[date] ?? -1));
      if (later.length === 0) return;
      const moved = Object.fromEntries(later.map((date) => [date, restriction[date]]));
      const by = later.includes('suppressedAt') && restriction.suppressedBy;
      table.put('CONTACT', key, {
        ...there,
        ...moved,
        ...(by && { suppressedBy: by }),
        version: there.version + 1,
      });
    },
    async list(storeId, { stage, cursor, limit }) {
      const found = [...table.rows()]
        .flatMap((row) => (row.entity === 'CUSTOMER' && row.value.store === storeId ? [row.value] : []))
        .filter((c) => c.mergedInto === undefined && c.erasedAt === undefined && (stage ?? c.stage) === c.stage)
        .map((c) => ({ customerId: c.customerId, stage: c.stage, place: placeOf(c.customerId) }))
        .filter((c) => cursor === undefined || c.place > cursor)
        .sort((a, b) => (a.place < b.place ? -1 : 1));
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1)?.place : undefined;
      return {
        items: page.map(({ customerId, stage: at }) => ({ customerId, stage: at })),
        ...(last !== undefined && { cursor: last }),
      };
    },
    async erase(customer, at) {
      await store.restrictContact(customer.store, customer.customerId, { erasedAt: at });
      return store.save({ ...customer, profile: {}, erasedAt: at });
    },
  };
  return store;
};

/** The order of the roll index: shard, then id. */
const placeOf = (customerId: string): string => `${String(rollShard(customerId)).padStart(2, '0')}.${customerId}`;
