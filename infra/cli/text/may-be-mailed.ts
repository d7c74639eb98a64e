import { dayText } from './moments.ts';
import type { Told } from './told.ts';

const said = ({ explanation: { consent, contact, mayBeMailed, mailPermission }, shop }: Told): string => {
  const day = (iso: string) => dayText(iso, shop.timeZone);
  if (contact.suppressedAt !== undefined)
    return `the address is suppressed since ${day(contact.suppressedAt)} (${contact.suppressedBy ?? 'unknown'})`;
  if (contact.complainedAt !== undefined && !mayBeMailed) return `they complained on ${day(contact.complainedAt)}`;
  if (contact.optedOutAt !== undefined && !mayBeMailed) return `they unsubscribed on ${day(contact.optedOutAt)}`;
  if (consent === null || consent.state === 'pending' || mailPermission.until !== undefined)
    return `${mailPermission.words}${mailPermission.until === undefined ? '' : ` (until ${day(mailPermission.until)})`}`;
  return `consent was ${consent.state === 'granted' ? 'given' : 'withdrawn'} on ${day(consent.at)} (${consent.basis})`;
};

/** Whether marketing may go to the customer now, and what decides it. */
export const mayBeMailedText = (told: Told): string => `${told.explanation.mayBeMailed ? 'Yes' : 'No'}: ${said(told)}.`;
