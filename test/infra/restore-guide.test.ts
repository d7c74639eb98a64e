import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../../infra/cli/commands/all.ts';
import { parseOptions } from '../../infra/local/start/options.ts';
import { parseSettings } from '../../infra/stacks/settings.ts';
import { restorePerMinute } from '../../shared/domain/restore/restore.ts';
import { resource, state } from './synthesized.ts';

const guide = readFileSync(new URL('../../docs/guides/restore.md', import.meta.url), 'utf8');
const typed = [...guide.matchAll(/^npm run perennial -- (.*)$/gm)].map(([, line]) =>
  (line ?? '').replaceAll('"', '').split(' '),
);
const table = resource(state, 'AWS::DynamoDB::GlobalTable', 'Table').Properties;

it.each(typed.map((words) => [words.join(' '), words] as const))('the operator can type `%s`', (_, words) => {
  const command = commands.find(({ name }) => name === words[0]);
  expect(() => command?.prepare(words.slice(1))).not.toThrow();
  expect(command?.readTarget(words.slice(1)).deployment).toBe('prod');
});

it('stops mail first, restores, and lets mail go on last', () => {
  expect(typed.map(([name]) => name)).toEqual(['pause', 'restore', 'restore', 'reconcile', 'doctor', 'resume']);
});

it('gives the restored table what the stack gives its own', () => {
  expect(guide).toContain(`Enabled=true,AttributeName=${table.TimeToLiveSpecification.AttributeName}`);
  expect(guide).toContain(`StreamEnabled=true,StreamViewType=${table.StreamSpecification.StreamViewType}`);
  const [{ PointInTimeRecoverySpecification, DeletionProtectionEnabled }] = table.Replicas;
  expect([PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, DeletionProtectionEnabled]).toEqual([
    true,
    true,
  ]);
  expect(guide).toContain('PointInTimeRecoveryEnabled=true');
  expect(guide).toContain('--deletion-protection-enabled');
});

it('shows settings that the stacks take', () => {
  const [, json = '{}'] = /```json\n(.*?)```/s.exec(guide) ?? [];
  const settings: Record<string, unknown> = JSON.parse(json);
  expect(parseSettings((name) => settings[name])).toMatchObject(settings);
});

it('names the pace, and a drill that the local run understands', () => {
  expect(guide).toContain(`About ${restorePerMinute.toLocaleString('en-GB')} facts a minute`);
  expect(parseOptions(['--data', 'shop', '--restore', 'nowhere'])).toMatchObject({ type: 'refused' });
  expect(parseOptions(['--restore', 'copy'])).toMatchObject({ type: 'refused' });
});
