import type { MemoryTable } from '../../../../shared/adapters/memory/memory-table.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';
import type { AcceptedMail } from '../platform/mail-provider.ts';
import type { Finished } from '../run-scenario.ts';
import { isStranger } from '../system/outside/strangers.ts';

export const customersIn = (table: MemoryTable): readonly Customer[] =>
  [...table.rows()].flatMap((row) => (row.entity === 'CUSTOMER' ? [row.value] : []));

export const sendsIn = (table: MemoryTable): readonly Send[] =>
  [...table.rows()].flatMap((row) => (row.entity === 'SEND' && !isStranger(row.value) ? [row.value] : []));

/** Those who stand for themselves. */
export const rootsIn = (table: MemoryTable): readonly Customer[] =>
  customersIn(table).filter(({ mergedInto }) => mergedInto === undefined);

/** What the provider took of marketing. */
export const marketingMails = ({ table, system }: Finished): readonly AcceptedMail[] => {
  const others = new Set(sendsIn(table).flatMap((send) => (send.class === 'marketing' ? [] : [send.sendId])));
  return system.mails.filter(({ mail }) => !others.has(mail.sendId));
};
