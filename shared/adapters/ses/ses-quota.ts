import { GetAccountCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { MailQuota } from '../../ports/pacing.ts';
import { knownQuota } from '../known-quota.ts';

/** What a new account in the sandbox has: the least there is. */
const sandbox = { perSecond: 1, perDay: 200 };

/**
 * The account's quota.
 * @see https://docs.aws.amazon.com/ses/latest/dg/quotas.html
 */
export const sesQuota = (client: SESv2Client): MailQuota =>
  knownQuota(async (now) => {
    const { SendQuota } = await client.send(new GetAccountCommand({}));
    const perDay = SendQuota?.Max24HourSend ?? sandbox.perDay;
    return {
      perSecond: SendQuota?.MaxSendRate ?? sandbox.perSecond,
      // -1 says that there is no limit.
      perDay: perDay < 0 ? Number.MAX_SAFE_INTEGER : perDay,
      sentLastDay: SendQuota?.SentLast24Hours ?? 0,
      readAt: now,
    };
  });
