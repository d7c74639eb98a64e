import { bad, type Finding, unknown, warn, well } from './finding.ts';
import type { Dns, DomainState, MailAccount } from './mail-account.ts';

/** DKIM, MAIL FROM and DMARC of a sending domain: without them mailbox providers refuse bulk mail. */
export const domainFindings = async (domain: string, mail: MailAccount, dns: Dns): Promise<readonly Finding[]> => {
  const state = await mail.domain(domain);
  return [...identityFindings(domain, state, mail.region), await dmarcFinding(domain, dns)];
};

const identityFindings = (domain: string, state: DomainState | undefined, region: string): readonly Finding[] => {
  if (state === undefined)
    return [
      bad('dkim', `SES does not know ${domain}: deploy with it, and paste the records that come out.`, [
        `npm run deploy -- --context sendingDomain=${domain}`,
      ]),
    ];
  return [dkim(domain, state), mailFrom(domain, state, region)];
};

const dkim = (domain: string, { verified, dkim: status, dkimTokens }: DomainState): Finding =>
  verified && status === 'SUCCESS'
    ? well('dkim', `Mails of ${domain} are signed with its own key.`)
    : bad(
        'dkim',
        `The DKIM records of ${domain} are not there yet (${status.toLowerCase()}): mails are unsigned, and Gmail and Yahoo refuse them.`,
        dkimTokens.map((token) => `${token}._domainkey.${domain} CNAME ${token}.dkim.amazonses.com`),
      );

const mailFrom = (domain: string, { mailFrom: set }: DomainState, region: string): Finding => {
  const name = set?.domain ?? `bounce.${domain}`;
  const lines = [
    `${name} MX 10 feedback-smtp.${region}.amazonses.com`,
    `${name} TXT "v=spf1 include:amazonses.com ~all"`,
  ];
  if (set === undefined)
    return warn(
      'mail-from',
      `Bounces go to amazonses.com, so SPF does not speak for ${domain}; set a MAIL FROM domain.`,
      [
        `aws sesv2 put-email-identity-mail-from-attributes --email-identity ${domain} --mail-from-domain ${name}`,
        ...lines,
      ],
    );
  return set.status === 'SUCCESS'
    ? well('mail-from', `${name} takes the bounces, so SPF speaks for ${domain}.`)
    : bad('mail-from', `The records of ${name} are not there yet (${set.status.toLowerCase()}): SPF fails.`, lines);
};

/** A subdomain without a record of its own is under its parent's (RFC 7489, 6.6.3; here one parent after the other). */
const dmarcFinding = async (domain: string, dns: Dns): Promise<Finding> => {
  const labels = domain.split('.');
  const names = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  try {
    for (const name of names) {
      const record = (await dns.txt(`_dmarc.${name}`)).find((text) => /^v=DMARC1\s*;/i.test(text));
      if (record !== undefined) return dmarcSays(name, record);
    }
  } catch {
    return unknown('dmarc', `The DNS did not answer about _dmarc.${domain}: try again.`);
  }
  return bad('dmarc', `${domain} has no DMARC record: Gmail, Yahoo and Microsoft refuse bulk mail without one.`, [
    `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`,
  ]);
};

const dmarcSays = (name: string, record: string): Finding => {
  const policy = /;\s*p\s*=\s*(none|quarantine|reject)\b/i.exec(record)?.[1]?.toLowerCase();
  if (policy === undefined)
    return bad('dmarc', `The DMARC record of ${name} names no policy, so it does not count.`, [
      `_dmarc.${name} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${name}"`,
    ]);
  return well('dmarc', `${name} has a DMARC record with the policy ${policy}.`);
};
