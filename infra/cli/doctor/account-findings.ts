import { bad, type Finding, warn, well } from './finding.ts';
import type { AccountState } from './mail-account.ts';

const count = (n: number): string => n.toLocaleString('en');

/** Whether the account may mail strangers, and how much. */
export const accountFindings = (account: AccountState): readonly Finding[] => [
  account.production
    ? well('sandbox', 'The account is out of the SES sandbox: it may mail anybody.')
    : bad(
        'sandbox',
        'The account is in the SES sandbox: only addresses you verified get mail, 200 a day. Ask for production access.',
        [
          'aws sesv2 put-account-details --production-access-enabled --mail-type MARKETING --website-url https://YOUR-SHOP --use-case-description "..."',
        ],
      ),
  account.enabled && account.enforcement === 'HEALTHY'
    ? well('account', 'SES finds the account healthy.')
    : bad(
        'account',
        `SES ${account.enabled ? 'has the account under review' : 'has paused the account'} (${account.enforcement}): read its mail to you, and take the cause away before you answer.`,
      ),
  quota(account),
];

const quota = ({ perDay, perSecond, sentLastDay }: AccountState): Finding => {
  if (perDay < 0) return well('quota', `No daily limit, ${perSecond} mails a second.`);
  const says = `${count(sentLastDay)} of ${count(perDay)} mails in the last 24 hours, ${perSecond} a second at most`;
  if (sentLastDay >= 0.95 * perDay)
    return bad('quota', `${says}: campaigns wait until the day frees. Ask for more in Service Quotas.`);
  return sentLastDay >= 0.8 * perDay
    ? warn('quota', `${says}: ask for more in Service Quotas soon.`)
    : well('quota', `${says}.`);
};
