import { stringify } from 'yaml';
import type { Condition } from '../conditions/condition.ts';
import { conditionText } from '../conditions/language/condition-text.ts';
import { otherwise } from '../conditions/language/keywords.ts';
import type { LifecycleDraft } from './lifecycle-draft.ts';

const header = "# Read from the top: the first line that fits is the customer's stage.";
const onSilence = [
  '# silence 75% = longer than 75% of comparable customers waited who did come back',
  '# (comparable: 1 order, 2-3 orders, 4 or more). `perennial plan` shows the days.',
];

/** A condition as a YAML text on one line, in quotes where YAML needs them. */
const ruleText = (condition: Condition): string => stringify(conditionText(condition), { lineWidth: 0 }).trimEnd();

const stageLines = ({ stages }: LifecycleDraft): readonly string[] => {
  const width = Math.max(...stages.map(({ id }) => id.length)) + 2;
  return stages.map(
    ({ id, when }) => `  - ${`${id}:`.padEnd(width)}${when === undefined ? otherwise : ruleText(when)}`,
  );
};

const excludeLines = (exclude: readonly Condition[]): readonly string[] =>
  exclude.length === 0
    ? ['', 'exclude: []']
    : ['', 'exclude: # no stage, no fit, no mail: counted apart', ...exclude.map((one) => `  - ${ruleText(one)}`)];

const adoptLine = (adopt: 'monthly' | 'never'): string =>
  adopt === 'monthly'
    ? 'adopt: monthly # new thresholds are proposed nightly, taken over on the 1st'
    : 'adopt: never # new thresholds are proposed nightly and never taken over by themselves';

const speaksOfSilence = (lines: readonly string[]): boolean =>
  lines.some((line) => /\b(silence|endedSilence) /.test(line));

/** A lifecycle as a `lifecycle.yaml` that reads back as the same draft. */
export const writeLifecycle = (lifecycle: LifecycleDraft): string => {
  const stages = stageLines(lifecycle);
  return [
    header,
    ...(speaksOfSilence(stages) ? onSilence : []),
    `lifecycle: ${lifecycle.name}`,
    '',
    'stages:',
    ...stages,
    ...(lifecycle.exclude === undefined ? [] : excludeLines(lifecycle.exclude)),
    ...(lifecycle.adopt === undefined ? [] : ['', adoptLine(lifecycle.adopt)]),
    '',
  ].join('\n');
};
