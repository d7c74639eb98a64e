import { GetAccountCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Quota } from '../../domain/pace/pace.ts';
import { minutes } from '../../domain/time.ts';
import type { MailQuota } from '../../ports/pacing.ts';

const freshForMs = minutes(5);
/** What a new account in the sandbox has: the least there is. */
const sandbox = { perSecond: 1, perDay: 200 };

/**
 * The account's quota. A failed reading keeps the last one: what SES itself refuses slows us down anyway.
 * @see https://docs.aws.amazon.com/ses/latest/dg/quotas.html
 */
export const sesQuota = (client: SESv2Client): MailQuota => {
  let known: Quota | undefined;
  return {
    async read(now) {
      if (known !== undefined && now >= known.readAt && now - known.readAt < freshForMs) return known;
      try {
        const { SendQuota } = await client.send(new GetAccountCommand({}));
        const perDay = SendQuota?.Max24HourSend ?? sandbox.perDay;
        known = {
          perSecond: SendQuota?.MaxSendRate ?? sandbox.perSecond,
          // -1 says that there is no limit.
          perDay: perDay < 0 ? Number.MAX_SAFE_INTEGER : perDay,
          sentLastDay: SendQuota?.SentLast24Hours ?? 0,
          readAt: now,
        };
      } catch (error) {
        if (known === undefined) throw error;
      }
      return known;
    },
  };
};
