import { waking } from '../../../../shared/domain/guardrails/mail-hours.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import { localTimeAt } from '../../orders/zone-time.ts';
import type { OptOut } from '../play/perform.ts';
import type { ReceivedMail } from '../play/script.ts';
import type { TableContents } from './read-table.ts';

/** What must never happen, counted over every mail that went out. */
export type BrokenPromises = Readonly<{ twice: number; inQuietHours: number; afterUnsubscribe: number }>;

/** The same send twice, or one campaign's mail to one address twice within thirty days whatever their ids say. */
export const mailedTwice = (mails: readonly ReceivedMail[]): number => {
  const lastAt = new Map<string, EpochMs>();
  const sendIds = new Set<string>();
  let twice = 0;
  for (const { tags, to, at } of mails) {
    const sendId = tags['send'] ?? '';
    const key = `${to} ${tags['campaign']} ${tags['step']}`;
    const before = lastAt.get(key);
    if (sendIds.has(sendId) || (before !== undefined && at - before < days(30))) twice += 1;
    sendIds.add(sendId);
    lastAt.set(key, at);
  }
  return twice;
};

/** Mails sent while clocks showed a quiet hour where the person really is, as far as anybody knows; else at the store. */
export const mailedInQuietHours = (
  mails: readonly ReceivedMail[],
  zoneOf: (address: string) => string,
  store: Pick<StoreSettings, 'quietHours'>,
): number => {
  const hours = waking(store.quietHours);
  return mails.filter(({ to, at }) => {
    const { hour, minute } = localTimeAt(zoneOf(to), at);
    const shown = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    return shown < hours.from || shown >= hours.to;
  }).length;
};

/**
 * Mails that went after the system had confirmed an unsubscribe, unless a later opt-in is on record; and sends of the
 * ledger that went after the opt-out it holds.
 */
export const mailedAfterUnsubscribe = (
  mails: readonly ReceivedMail[],
  optOuts: readonly OptOut[],
  { sends, contacts, customers }: Pick<TableContents, 'sends' | 'contacts' | 'customers'>,
): number => {
  const consentOf = new Map(customers.map(({ customerId, consent }) => [customerId, consent]));
  const optedInAgain = (customerId: string, optedOutAt: EpochMs): boolean => {
    const consent = consentOf.get(customerId);
    return consent?.state === 'granted' && consent.at > optedOutAt;
  };
  const outOf = new Map(optOuts.map(({ address, at }) => [address, at]));
  const afterAnswer = mails.filter(({ to, at, tags }) => {
    const outAt = outOf.get(to);
    return outAt !== undefined && at > outAt && !optedInAgain(tags['customer'] ?? '', outAt);
  });
  const afterRecord = sends.filter(({ customerId, state }) => {
    const outAt = contacts.get(customerId)?.optedOutAt;
    return state.status === 'sent' && outAt !== undefined && state.sentAt > outAt && !optedInAgain(customerId, outAt);
  });
  const messages = new Set(afterAnswer.map(({ id }) => id));
  for (const { state } of afterRecord) if (state.status === 'sent') messages.add(state.messageId);
  return messages.size;
};
