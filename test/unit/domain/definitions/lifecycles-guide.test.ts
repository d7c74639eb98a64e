import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../../shared/domain/conditions/language/parse-condition.ts';
import { faultText } from '../../../../shared/domain/definitions/definition-fault.ts';
import { readLifecycle } from '../../../../shared/domain/definitions/read-lifecycle.ts';
import { factCatalogue } from '../../../../shared/domain/facts/fact-catalogue.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';
import { presets } from '../../../../shared/domain/lifecycle/presets/presets.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/lifecycles.md'), 'utf8');
const files = [...guide.matchAll(/```yaml\n([\s\S]*?)```(?:\n\nis answered with\n\n```text\n([\s\S]*?)\n```)?/g)].map(
  ([, text = '', answer]) => ({ text, answer }),
);

describe('the lifecycles guide', () => {
  it.each(files)('its file is read, or answered as it says: $text', ({ text, answer }) => {
    const read = readLifecycle(text, 'lifecycle.yaml');
    expect(read.type === 'faults' ? read.faults.map(faultText).join('\n') : undefined).toBe(answer);
  });

  it('has files that are read and one that is not', () => {
    expect(files.filter(({ answer }) => answer === undefined).length).toBeGreaterThan(3);
    expect(files.filter(({ answer }) => answer !== undefined)).toHaveLength(1);
  });

  it('writes conditions that can be read', () => {
    const [, table = ''] = /\| write \| for \|\n([\s\S]*?)\n\n/.exec(guide) ?? [];
    const written = table
      .split('\n')
      .slice(1)
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)]);
    expect(written.length).toBeGreaterThan(15);
    for (const [, text = ''] of written) expect(parseCondition(text)).toMatchObject({ type: 'condition' });
  });

  it('tells of every fact, in the words of the catalogue', () => {
    const rows = Object.entries(factCatalogue).map(([name, { type, about }]) => `| \`${name}\` | ${type} | ${about} |`);
    expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
  });

  it('tells of every preset, and prints the default as it is', () => {
    for (const { name, about, lifecycle } of presets)
      expect(guide).toContain(
        `| \`${name}\` | ${lifecycle.stages.map(({ id }) => `\`${id}\``).join(' ')} | ${about} |`,
      );
    const printed = files.find(({ text }) => text.includes('lifecycle: ecommerce'));
    expect(readLifecycle(printed?.text ?? '', 'x')).toEqual({
      type: 'lifecycle',
      draft: { name: 'ecommerce', stages: ecommerce.stages },
    });
  });
});
