import type { Contact } from '../customers/contact.ts';
import { stillCounting } from '../guardrails/frequency-cap.ts';
import type { EpochMs } from '../time.ts';
import type { Send } from './send.ts';

/** CONTACT as the reservation of a mail leaves it: marketing takes a slot of the caps, what no cap can see any more goes. */
export const contactAfterSend = (contact: Contact, send: Pick<Send, 'sendId' | 'class'>, now: EpochMs): Contact => ({
  ...contact,
  version: contact.version + 1,
  sends:
    send.class === 'marketing'
      ? [...stillCounting(contact.sends, now), { sendId: send.sendId, at: now }]
      : contact.sends,
});
