import { faultText } from '../../../../shared/domain/definitions/definition-fault.ts';
import { readLifecycle } from '../../../../shared/domain/definitions/read-lifecycle.ts';
import { writeLifecycle } from '../../../../shared/domain/definitions/write-lifecycle.ts';
import { didYouMean } from '../../../../shared/domain/did-you-mean.ts';
import { presets } from '../../../../shared/domain/lifecycle/presets/presets.ts';
import type { Option } from '../../command.ts';
import { Refusal, UsageError } from '../../refusal.ts';
import { counted } from '../../text/moments.ts';
import type { World } from '../../world.ts';

export const usualFile = 'lifecycle.yaml';

const presetNames = presets.map(({ name }) => name);

export const presetOption: Option = { value: 'NAME', about: `instead of a file: ${presetNames.join(', ')}` };

/** A preset as a file, its origin on top. */
export const presetText = (name: string): string => {
  const preset = presets.find((one) => one.name === name);
  if (preset !== undefined) return `# ${preset.about}\n${writeLifecycle(preset.lifecycle)}`;
  const meant = didYouMean(name, presetNames);
  throw new UsageError([
    `--preset must be one of ${presetNames.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  ]);
};

const noFile = (file: string): Refusal =>
  new Refusal(`there is no ${file} here`, [
    `Begin with one: plan ${file === usualFile ? '' : `${file} `}--preset ecommerce --write`,
    `There are ${presetNames.join(', ')}.`,
  ]);

/** The text of a lifecycle that reads without fault; else a refusal that shows every fault at its place. */
export const lifecycleText = async (
  world: World,
  { file = usualFile, preset }: Readonly<{ file?: string | undefined; preset?: string | undefined }>,
): Promise<string> => {
  const text = preset === undefined ? await world.readFile(file) : presetText(preset);
  if (text === undefined) throw noFile(file);
  const read = readLifecycle(text, file);
  if (read.type === 'lifecycle') return text;
  throw new Refusal(
    `${counted(read.faults.length, 'fault')} in ${file}; nothing was changed`,
    read.faults.flatMap((fault) => faultText(fault).split('\n')),
  );
};
