import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readStandard } from '../../functions/ingest/read-standard.ts';
import { verifySignature } from '../../functions/ingest/verify-signature.ts';
import { commands } from '../../infra/cli/commands/all.ts';
import { parseSettings, type SettingName } from '../../infra/stacks/settings.ts';
import { perennial } from './synthesized.ts';

const guide = readFileSync(new URL('../../docs/guides/deploy.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));

/** The words of a shell command line: quotes are taken off, continued lines joined. */
const wordsOf = (line: string): string[] =>
  [...line.replaceAll('\\\n', ' ').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const operatorCommands = blocks.flatMap(({ text }) =>
  [...text.matchAll(/^npm run perennial -- ((?:.*\\\n)*.*)$/gm)].map(([, line]) => wordsOf(line ?? '')),
);

it.each(operatorCommands.map((words) => [words.slice(0, 2).join(' '), words]))(
  'the operator can type `%s` as the guide has it',
  (_, words) => {
    const command = commands.find(({ name }) => words.join(' ').startsWith(`${name} `));
    const rest = words.slice(command?.name.split(' ').length);
    expect(() => command?.prepare(rest)).not.toThrow();
    expect(command?.readTarget(rest).deployment).toBe('prod');
  },
);

it('shows the operator how to make a store and how to look at a customer', () => {
  expect(operatorCommands.map(([first]) => first)).toEqual(expect.arrayContaining(['store', 'explain']));
});

it('shows settings that the stacks take', () => {
  const { text } = blocks.find(({ language }) => language === 'json') ?? { text: '{}' };
  const settings: Record<string, unknown> = JSON.parse(text);
  const parsed = parseSettings((name) => settings[name]);
  expect(parsed).toMatchObject(settings);
});

it('explains every setting there is', () => {
  const asked: SettingName[] = [];
  parseSettings((name) => void asked.push(name));
  const rows = guide.match(/^\| `.*$/gm)?.join('\n') ?? '';
  expect(asked.filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
});

it('names every DNS record that the deployment prints', () => {
  const printed = Object.keys(perennial.Outputs).filter((name) => name.startsWith('Dns'));
  expect(printed.filter((name) => !/^DnsDkim[23]$/.test(name) && !guide.includes(`\`${name}\``))).toEqual([]);
});

it('signs a first order that ingest takes in', () => {
  const secret = `whsec_${Buffer.from('a secret of exactly 24 b').toString('base64')}`;
  const { text = '' } = blocks.find(({ language }) => language === 'bash') ?? {};
  const [setUp = ''] = text.replace(/^SECRET=.*$/m, `SECRET=${secret}`).split(/^curl /m);
  const sent = execFileSync('bash', ['-euc', `${setUp}\nprintf '%s\\n' "$ID" "$NOW" "$SIGNATURE" "$BODY"`], {
    encoding: 'utf8',
  });
  const [id = '', timestamp = '', signature, ...body] = sent.trimEnd().split('\n');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  const delivery = {
    type: 'delivery',
    store: 'harbour',
    source: 'standard',
    headers,
    body: Buffer.from(body.join('\n')),
  } as const;
  const now = Number(timestamp) * 1000;
  expect(verifySignature('standard', delivery, [secret], now)).toBe(true);
  expect(verifySignature('standard', delivery, [`whsec_${Buffer.from('another').toString('base64')}`], now)).toBe(
    false,
  );
  expect(readStandard(delivery, now)).toMatchObject({
    type: 'read',
    intake: { order: { status: 'paid', currency: 'GBP' } },
  });
});
