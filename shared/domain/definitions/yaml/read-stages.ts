import { isMap, isScalar, isSeq } from 'yaml';
import type { Span } from '../../conditions/language/parsing/token.ts';
import type { Stage } from '../../lifecycle/lifecycle.ts';
import { stageName } from '../lifecycle-draft.ts';
import { checkStages, type StageLine } from '../stage-rules.ts';
import { type Reading, readRuleNode, shapeFault } from './read-rule.ts';
import { type Entry, entriesOf, kindOf, spanOf, textOf } from './read-yaml.ts';
import type { Path } from './source.ts';

/** A line of the list of stages, with the places of its name and its rule. */
type PlacedLine = StageLine & Readonly<{ path: Path; idSpan: Span; ruleSpan: Span }>;

const wanted = 'expected `- name: condition`';

/** The stages a node lists, in order; what is wrong with them is noted. */
export const readStages = (reading: Reading, node: unknown): readonly Stage[] => {
  const lines = linesOf(reading, node);
  if (lines === undefined) return [];
  if (lines.length === 0) shapeFault(reading, spanOf(node), ['stages'], 'expected one stage or more');
  checkTogether(reading, lines);
  return lines.flatMap(({ id, rule }) => {
    if (id === undefined || rule === undefined) return [];
    return [rule === 'otherwise' ? { id } : { id, when: rule }];
  });
};

const linesOf = (reading: Reading, node: unknown): readonly PlacedLine[] | undefined => {
  if (isSeq(node)) return node.items.flatMap((item, n) => lineOf(reading, item, n));
  if (!isMap(node))
    return shapeFault(reading, spanOf(node), ['stages'], `expected a list of stages, got ${kindOf(node)}`);
  const entries = entriesOf(node, reading.source, ['stages']);
  const [first] = entries;
  if (first !== undefined)
    shapeFault(
      reading,
      first.keySpan,
      ['stages'],
      `the order counts: begin each stage with a dash, \`- ${first.key}: …\``,
    );
  return entries.map((entry, n) => placedLine(reading, entry, n));
};

const lineOf = (reading: Reading, item: unknown, n: number): readonly PlacedLine[] => {
  if (!isMap(item)) {
    shapeFault(reading, spanOf(item), ['stages', n], notAMap(item));
    return [{ id: undefined, rule: undefined, path: ['stages', n], idSpan: spanOf(item), ruleSpan: spanOf(item) }];
  }
  const [entry, second] = entriesOf(item, reading.source, ['stages', n]);
  if (second !== undefined) shapeFault(reading, second.keySpan, ['stages', n], secondKey(entry, second));
  if (second !== undefined && entry?.key === 'id')
    return [
      {
        id: textOf(entry.value),
        rule: undefined,
        path: ['stages', n],
        idSpan: spanOf(entry.value),
        ruleSpan: second.keySpan,
      },
    ];
  return entry === undefined ? [] : [placedLine(reading, entry, n)];
};

const notAMap = (item: unknown): string => {
  const text = isScalar(item) ? (textOf(item) ?? '') : '';
  if (stageName.test(text))
    return `\`${text}\` has no rule: write \`- ${text}: otherwise\` or \`- ${text}: condition\``;
  return `${wanted}, got ${text === '' ? kindOf(item) : `\`${text.slice(0, 40)}\``}`;
};

const secondKey = (first: Entry | undefined, { key }: Entry): string =>
  first?.key === 'id' || key === 'when'
    ? 'a stage in a file is one line: `- name: condition`'
    : `begin each stage with a dash: \`- ${key}: …\``;

const placedLine = (reading: Reading, { key, keySpan, value }: Entry, n: number): PlacedLine => {
  const path = ['stages', n, key];
  const isEmpty = value === null || (isScalar(value) && textOf(value) === '');
  if (isEmpty) shapeFault(reading, keySpan, path, `\`${key}\` has no rule: write a condition or \`otherwise\``);
  const rule = isEmpty ? undefined : readRuleNode(reading, value, path);
  return { id: key, rule, path, idSpan: keySpan, ruleSpan: isEmpty ? keySpan : spanOf(value) };
};

const checkTogether = (reading: Reading, lines: readonly PlacedLine[]): void => {
  for (const { stage, at, message } of checkStages(lines)) {
    const line = lines[stage];
    if (line !== undefined) shapeFault(reading, at === 'id' ? line.idSpan : line.ruleSpan, line.path, message);
  }
};
