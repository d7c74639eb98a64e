import type { CustomerStore } from '../../../ports/customer-store.ts';
import { customerPk, customerSk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryEnrolments = (table: MemoryTable): Pick<CustomerStore, 'putEnrolment' | 'endEnrolment'> => ({
  async putEnrolment(store, customerId, enrolment) {
    const sk = customerSk.enrolment(enrolment.campaign, enrolment.occurrence);
    const key = { pk: customerPk(store, customerId), sk };
    if (table.get('ENROL', key)) return { type: 'stale' };
    table.put('ENROL', key, enrolment);
    return { type: 'saved' };
  },
  async endEnrolment(store, customerId, { campaign, occurrence, status, endedBy, convertedAt }) {
    const key = { pk: customerPk(store, customerId), sk: customerSk.enrolment(campaign, occurrence) };
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
});
