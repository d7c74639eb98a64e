import { bareAddress } from './address.ts';
import type { MailEventType } from './mail-events.ts';

export interface SimulatedEvent {
  type: MailEventType;
  payload?: object;
}

const behaviours: Record<string, SimulatedEvent[]> = {
  success: [{ type: 'delivery' }],
  ooto: [{ type: 'delivery' }],
  bounce: [{ type: 'bounce' }],
  complaint: [{ type: 'delivery' }, { type: 'complaint' }],
  suppressionlist: [{ type: 'bounce', payload: { bounceType: 'Permanent', bounceSubType: 'Suppressed' } }],
};

/** What follows a send: a delivery, or what SES's mailbox simulator does for its own addresses (labels after `+` allowed). */
export const eventsAfterSend = (recipient: string): readonly SimulatedEvent[] => {
  const [local = '', domain = ''] = bareAddress(recipient).toLowerCase().split('@');
  const simulated = domain === 'simulator.amazonses.com' ? behaviours[local.split('+')[0] ?? ''] : undefined;
  return simulated ?? [{ type: 'delivery' }];
};
