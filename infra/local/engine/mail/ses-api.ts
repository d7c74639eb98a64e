import { AwsFault } from '../messaging/aws-fault.ts';
import type { SimpleEmailService } from './simple-email-service.ts';

/** A large account: what is played here in a minute may be the mail of a month. */
const quota = { Max24HourSend: 1_000_000, MaxSendRate: 2_000 };

/** The SES v2 wire protocol, REST JSON: sending and the account's quota. */
export const handleSes = async (
  service: SimpleEmailService,
  method: string,
  path: string,
  body: unknown,
  caller: string,
): Promise<unknown> => {
  if (method === 'POST' && path === '/v2/email/outbound-emails') return { MessageId: await service.send(body, caller) };
  if (method === 'GET' && path === '/v2/email/account') {
    return {
      SendingEnabled: true,
      ProductionAccessEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { ...quota, SentLast24Hours: service.sentLast24Hours() },
    };
  }
  throw new AwsFault(404, 'NotFoundException', `${method} ${path} is not supported here`);
};
