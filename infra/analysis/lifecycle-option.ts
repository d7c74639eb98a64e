import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { faultText } from '../../shared/domain/definitions/definition-fault.ts';
import { readLifecycle } from '../../shared/domain/definitions/read-lifecycle.ts';
import type { Lifecycle } from '../../shared/domain/lifecycle/lifecycle.ts';
import { presets } from '../../shared/domain/lifecycle/presets/presets.ts';

export type LifecycleOutcome = Readonly<{ type: 'found'; lifecycle: Lifecycle } | { type: 'refused'; message: string }>;

/** The lifecycle `--lifecycle` asks for: a preset by its name, else a file. `doing` starts the message: `backtest`, `evaluate`. */
export const lifecycleOption = async (text: string, doing: string): Promise<LifecycleOutcome> => {
  const preset = presets.find(({ name }) => name === text);
  if (preset !== undefined) return { type: 'found', lifecycle: preset.lifecycle };
  const file = await textOf(text);
  return file === undefined
    ? refused(doing, `be ${namesInWords} or a file that exists, got ${text}`)
    : fromFile(file, text, doing);
};

const namesInWords = presets.map(({ name }) => name).join(', ');
const refused = (doing: string, rule: string): LifecycleOutcome => ({
  type: 'refused',
  message: `cannot ${doing}: '--lifecycle' must ${rule}`,
});

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return undefined;
    throw error;
  }
};

const fromFile = (text: string, file: string, doing: string): LifecycleOutcome => {
  const reading = readLifecycle(text, basename(file));
  if (reading.type === 'lifecycle') return { type: 'found', lifecycle: { ...reading.draft, version: 1 } };
  return {
    type: 'refused',
    message: [`cannot ${doing}: the lifecycle has faults`, ...reading.faults.map(faultText)].join('\n'),
  };
};
