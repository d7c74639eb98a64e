import { isMap } from 'yaml';
import { unknownKey } from '../conditions/language/data-fault.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { DefinitionFault } from './definition-fault.ts';
import {
  adoptions,
  type LifecycleDraft,
  lifecycleKeys,
  lifecycleName,
  maxFileBytes,
  nameFault,
} from './lifecycle-draft.ts';
import { readExclude } from './yaml/read-exclude.ts';
import { type Reading, shapeFault } from './yaml/read-rule.ts';
import { readStages } from './yaml/read-stages.ts';
import { type Entry, entriesOf, kindOf, readYaml, spanOf, textOf } from './yaml/read-yaml.ts';
import { Source } from './yaml/source.ts';

/** A lifecycle file, or everything that is wrong with it. */
export type LifecycleReading =
  | Readonly<{ type: 'lifecycle'; draft: LifecycleDraft }>
  | Readonly<{ type: 'faults'; faults: readonly DefinitionFault[] }>;

/**
 * Reads a `lifecycle.yaml`. A file with a fault is refused whole, every fault listed with its place.
 *
 * @param file How the file is called in faults.
 * @see docs/guides/lifecycles.md
 */
export const readLifecycle = (text: string, file: string): LifecycleReading => {
  const source = new Source(file, text);
  const draft = isTooLong(source) ? undefined : draftOf(source);
  const { faults } = source;
  return draft === undefined || faults.length > 0 ? { type: 'faults', faults } : { type: 'lifecycle', draft };
};

const isTooLong = (source: Source): boolean => {
  const bytes = new TextEncoder().encode(source.text).length;
  const start = { from: 0, to: 1 };
  if (bytes > maxFileBytes) source.fault(start, [], `a definition has at most ${maxFileBytes / 1024} kB`);
  return bytes > maxFileBytes;
};

const draftOf = (source: Source): LifecycleDraft | undefined => {
  const { root, broken } = readYaml(source);
  const reading = { source, broken };
  if (!isMap(root))
    return shapeFault(reading, spanOf(root), [], `expected \`lifecycle:\` and \`stages:\`, got ${kindOf(root)}`);
  const entries = entriesOf(root, source, []);
  checkKeys(reading, entries);
  const nodeOf = (key: Entry['key']): unknown => entries.find((entry) => entry.key === key)?.value;
  const [stages, exclude, adopt] = [nodeOf('stages'), nodeOf('exclude'), nodeOf('adopt')];
  return {
    name: readName(reading, nodeOf('lifecycle')),
    stages: stages === undefined ? [] : readStages(reading, stages),
    ...(exclude === undefined ? {} : { exclude: readExclude(reading, exclude) }),
    ...(adopt === undefined ? {} : readAdopt(reading, adopt)),
  };
};

const checkKeys = (reading: Reading, entries: readonly Entry[]): void => {
  for (const { key, keySpan } of entries)
    if (!lifecycleKeys.some((known) => known === key))
      shapeFault(reading, keySpan, [key], unknownKey(key, lifecycleKeys));
  for (const needed of ['lifecycle', 'stages'])
    if (!entries.some(({ key }) => key === needed || didYouMean(key, lifecycleKeys) === needed))
      shapeFault(reading, { from: 0, to: 1 }, [], `\`${needed}:\` is missing`);
};

const readName = (reading: Reading, node: unknown): string => {
  const name = textOf(node);
  if (node !== undefined && (name === undefined || !lifecycleName.test(name)))
    shapeFault(reading, spanOf(node), ['lifecycle'], nameFault(name ? shown(name) : kindOf(node)));
  return name ?? '';
};

const shown = (text: string): string => `\`${text.slice(0, 40)}\``;

const readAdopt = (reading: Reading, node: unknown): Pick<LifecycleDraft, 'adopt'> => {
  const text = textOf(node);
  const adopt = adoptions.find((one) => one === text);
  if (adopt !== undefined) return { adopt };
  const meant = didYouMean(text ?? '', adoptions);
  const hint = meant === undefined ? 'expected `monthly` or `never`' : `did you mean \`${meant}\`?`;
  shapeFault(reading, spanOf(node), ['adopt'], `\`adopt\` is not ${text ? shown(text) : kindOf(node)}; ${hint}`);
  return {};
};
