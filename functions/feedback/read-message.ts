import * as z from 'zod';
import { snsEnvelope } from '../../shared/adapters/sns/sns-envelope.ts';
import type { SnsVerifier } from '../../shared/adapters/sns/sns-verifier.ts';
import { type MailEvent, mailEventOf } from './mail-event.ts';

const busEvent = z.object({ detail: z.unknown() });
const viaSns = z.object({ Type: z.string(), SignatureVersion: z.string() });

/**
 * SES tells everything on the bus, and bounces and complaints over SNS as well, because the bus is best effort. Both say the
 * same about a mail, and the second telling changes nothing.
 */
export const readMessage = async (body: string, verify: SnsVerifier): Promise<MailEvent | undefined> => {
  const message: unknown = JSON.parse(body);
  if (!viaSns.safeParse(message).success) return mailEventOf(busEvent.parse(message).detail);
  const envelope = snsEnvelope.parse(message);
  const told = await verify(envelope);
  // SES greets a new destination with a line of prose.
  return envelope.Type === 'Notification' && told.startsWith('{') ? mailEventOf(JSON.parse(told)) : undefined;
};
