import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { MailAccount } from '../doctor/mail-account.ts';

export const sesMailAccount = (client: SESv2Client, region: string): MailAccount => ({
  region,
  async account() {
    const found = await client.send(new GetAccountCommand({}));
    return {
      production: found.ProductionAccessEnabled ?? false,
      enabled: found.SendingEnabled ?? false,
      enforcement: found.EnforcementStatus ?? 'unknown',
      perDay: found.SendQuota?.Max24HourSend ?? 0,
      perSecond: found.SendQuota?.MaxSendRate ?? 0,
      sentLastDay: found.SendQuota?.SentLast24Hours ?? 0,
    };
  },
  async domain(name) {
    try {
      const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
      const { MailFromDomain: domain, MailFromDomainStatus: status } = found.MailFromAttributes ?? {};
      return {
        verified: found.VerifiedForSendingStatus ?? false,
        dkim: found.DkimAttributes?.Status ?? 'NOT_STARTED',
        dkimTokens: found.DkimAttributes?.Tokens ?? [],
        ...(domain === undefined ? {} : { mailFrom: { domain, status: status ?? 'PENDING' } }),
      };
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  },
});
