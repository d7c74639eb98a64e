import { describe, expect, it } from 'vitest';
import type { AccountState, DomainState, MailAccount } from '../../../infra/cli/doctor/mail-account.ts';
import { cliScene } from './cli-scene.ts';

const healthy: AccountState = {
  ...{ production: true, enabled: true, enforcement: 'HEALTHY', perDay: 50_000, perSecond: 14, sentLastDay: 100 },
};
const set: DomainState = {
  ...{ verified: true, dkim: 'SUCCESS', dkimTokens: ['a1', 'b2', 'c3'] },
  mailFrom: { domain: 'bounce.harbour.example', status: 'SUCCESS' },
};
const ses = (account: Partial<AccountState> = {}, domain: DomainState | undefined = set): MailAccount => ({
  region: 'eu-west-1',
  account: async () => ({ ...healthy, ...account }),
  domain: async () => domain,
});
const dmarc = { '_dmarc.harbour.example': ['v=DMARC1; p=quarantine'] };

/** A deployment, not the local run: everything is looked at. */
const examine = async (options: Parameters<typeof cliScene>[0] = {}, store = {}) => {
  const scene = await cliScene({ local: false, mail: ses(), dns: dmarc, ...options });
  const address = 'https://api.harbour.example';
  await scene.system.deps.catalogue.put({ ...scene.system.store, baseUrl: address, ...store });
  const { code, json } = await scene.run('doctor demo --deployment prod --json');
  const { findings, well } = json() as {
    well: boolean;
    findings: { check: string; level: string; says: string; paste?: string[] }[];
  };
  const of = (check: string) => findings.find((finding) => finding.check === check);
  return { scene, code, well, findings, of };
};

describe('doctor', () => {
  it('finds nothing to mend where all is well, and says so by its exit code', async () => {
    const { code, well, findings } = await examine();
    expect(findings.filter(({ level }) => level !== 'well')).toEqual([]);
    expect([code, well]).toEqual([0, true]);
    expect(findings.map(({ check }) => check).sort()).toEqual(
      [
        'account',
        'dkim',
        'dmarc',
        'headers',
        'mail-from',
        'paused',
        'postal-address',
        'quota',
        'reply-to',
        'rewards',
        'sandbox',
        'sender',
        'sending',
        'unsubscribe',
      ].sort(),
    );
  });

  it('gives the DNS lines to paste for what is missing', async () => {
    const { code, of } = await examine({
      dns: {},
      mail: ses(
        {},
        { ...set, verified: false, dkim: 'PENDING', mailFrom: { domain: 'bounce.harbour.example', status: 'FAILED' } },
      ),
    });
    expect(code).toBe(1);
    expect(of('dkim')).toMatchObject({
      level: 'bad',
      paste: ['a1', 'b2', 'c3'].map((t) => `${t}._domainkey.harbour.example CNAME ${t}.dkim.amazonses.com`),
    });
    expect(of('mail-from')?.paste).toEqual([
      'bounce.harbour.example MX 10 feedback-smtp.eu-west-1.amazonses.com',
      'bounce.harbour.example TXT "v=spf1 include:amazonses.com ~all"',
    ]);
    expect(of('dmarc')?.paste?.[0]).toMatch(/^_dmarc\.harbour\.example TXT "v=DMARC1; p=none;/);
  });

  it('a subdomain is under its parent’s DMARC; a record without a policy is none', async () => {
    const from = 'Shop <hello@mail.harbour.example>';
    expect((await examine({}, { from })).of('dmarc')).toMatchObject({
      level: 'well',
      says: expect.stringContaining('quarantine'),
    });
    const dns = { '_dmarc.harbour.example': ['v=DMARC1; rua=mailto:x@y.example'] };
    expect((await examine({ dns })).of('dmarc')?.level).toBe('bad');
  });

  it.each([
    ['sandbox', { production: false }, 'bad'],
    ['account', { enabled: false, enforcement: 'SHUTDOWN' }, 'bad'],
    ['account', { enforcement: 'PROBATION' }, 'bad'],
    ['quota', { sentLastDay: 41_000 }, 'warn'],
    ['quota', { sentLastDay: 49_000 }, 'bad'],
    ['quota', { perDay: -1 }, 'well'],
  ] as const)('%s: %j is %s', async (check, account, level) => {
    expect((await examine({ mail: ses(account) })).of(check)?.level).toBe(level);
  });

  it.each([
    ['sender', { from: undefined }, 'bad'],
    ['postal-address', { postalAddress: undefined }, 'bad'],
    ['reply-to', { replyTo: 'no-reply@harbour.example' }, 'warn'],
    ['rewards', { rewardCodes: {} }, 'bad'],
    ['paused', { pausedAt: 1 }, 'warn'],
  ] as const)('%s: a store with %j is %s', async (check, change, level) => {
    expect((await examine({}, change)).of(check)?.level).toBe(level);
  });

  it('an identity SES does not know, and all mail stopped, are said with the command that mends it', async () => {
    const unknown: MailAccount = { ...ses(), domain: async () => undefined };
    const { scene, of } = await examine({ mail: unknown });
    expect(of('dkim')?.paste?.[0]).toContain('sendingDomain=harbour.example');
    await scene.run('pause --all --deployment prod');
    const { out, code } = await scene.run('doctor demo --deployment prod');
    expect(out).toContain('npm run perennial -- resume --all');
    expect(code).toBe(1);
  });

  it('on the local run says what it cannot check, and that is no fault', async () => {
    const scene = await cliScene({ mail: ses() });
    const { code, out } = await scene.run('doctor');
    expect(out).toContain('were not looked at');
    expect(code).toBe(0);
  });
});
