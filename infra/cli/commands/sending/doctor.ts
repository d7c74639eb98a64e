import * as z from 'zod';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { type Context, defineCommand } from '../../command.ts';
import { accountFindings } from '../../doctor/account-findings.ts';
import { domainFindings } from '../../doctor/domain-findings.ts';
import { type Finding, unknown, warn, well } from '../../doctor/finding.ts';
import { linkFindings, storeFindings } from '../../doctor/store-findings.ts';
import { Refusal, UsageError } from '../../refusal.ts';
import type { Operations } from '../../system/operations.ts';
import type { Paint } from '../../text/paint.ts';

const signs: Readonly<Record<Finding['level'], (paint: Paint) => string>> = {
  well: (paint) => paint.green('✓'),
  warn: (paint) => paint.yellow('!'),
  bad: (paint) => paint.red('✗'),
  unknown: () => '?',
};

const domainOf = (from: string): string => from.replace(/>\s*$/, '').split('@').at(-1)?.trim().toLowerCase() ?? '';

const aboutMail = async (
  { world, system }: Context,
  operations: Operations,
  { from }: StoreSettings,
): Promise<readonly Finding[]> => {
  const { mail } = operations;
  if (mail === undefined) return [unknown('account', 'SES cannot be asked from here.')];
  const account = accountFindings(await mail.account());
  if (system.localControl() !== undefined)
    return [
      ...account,
      unknown('dns', 'The local run has no DNS and no identities: DKIM, MAIL FROM and DMARC were not looked at.'),
    ];
  if (from === undefined) return account;
  return [...account, ...(await domainFindings(domainOf(from), mail, world.dns))];
};

const examined = async (context: Context, id: string): Promise<readonly Finding[]> => {
  const { world, system } = context;
  const operations = await system.operations();
  const store = await operations.settings(id, world.now());
  if (store === undefined) throw new Refusal(`there is no store '${id}' in ${operations.where}`);
  const isStopped = (await operations.sending()) === 'paused';
  return [
    ...storeFindings(store),
    isStopped
      ? warn('sending', 'All mail of the deployment is stopped.', ['npm run perennial -- resume --all'])
      : well('sending', 'Mail of the deployment is switched on.'),
    ...(await aboutMail(context, operations, store)),
    ...(await linkFindings(store.baseUrl ?? (await system.publicUrl()), (url) => world.fetch(url))),
  ];
};

const lineOf = ({ level, says, paste = [] }: Finding, paint: Paint): readonly string[] => [
  `${signs[level](paint)} ${says}`,
  ...paste.map((line) => `    ${line}`),
];

export const doctor = defineCommand({
  name: 'doctor',
  takes: '[STORE]',
  summary:
    'says what keeps mail of a store from arriving, with the DNS lines to paste; exit code 1 when something does',
  options: {},
  examples: ['doctor harbour', 'doctor harbour --json'],
  schema: z.strictObject({ words: z.array(z.string()).max(1) }),
  async run({ words: [word] }, context) {
    const id = word ?? context.system.storeId();
    if (id === undefined) throw new UsageError(['doctor needs a store']);
    const findings = await examined(context, id);
    const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
    const failed = count('bad') > 0;
    return {
      failed,
      json: { store: id, well: !failed, findings },
      text: (paint) => [
        ...findings.flatMap((finding) => lineOf(finding, paint)),
        '',
        failed
          ? `${count('bad')} to mend, ${count('warn')} to look at.`
          : `Nothing to mend, ${count('warn')} to look at.`,
      ],
    };
  },
});
