import { dayText } from './moments.ts';
import type { Told } from './told.ts';

const said = ({ explanation: { consent, contact, mayBeMailed }, shop }: Told): string => {
  const day = (iso: string) => dayText(iso, shop.timeZone);
  if (contact.suppressedAt !== undefined)
    return `the address is suppressed since ${day(contact.suppressedAt)} (${contact.suppressedBy ?? 'unknown'})`;
  if (contact.complainedAt !== undefined) return `they complained on ${day(contact.complainedAt)}`;
  if (contact.optedOutAt !== undefined && !mayBeMailed) return `they unsubscribed on ${day(contact.optedOutAt)}`;
  if (consent === null) return "no statement was ever made, so the store's rule for buyers without opt-in decides";
  return `consent was ${consent.state === 'granted' ? 'given' : 'withdrawn'} on ${day(consent.at)} (${consent.basis})`;
};

/** Whether marketing may go to the customer now, and what decides it. */
export const mayBeMailedText = (told: Told): string => `${told.explanation.mayBeMailed ? 'Yes' : 'No'}: ${said(told)}.`;
