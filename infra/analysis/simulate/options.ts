import { parseArgs } from 'node:util';
import { LifecycleError } from '../../../shared/domain/errors.ts';

export const usage = `npm run simulate -- --seeds N [--seed S] [--json]
    plays random shops through the whole program while everything around it fails, and checks what must always hold

  --seeds N   how many shops, one after the other from the first seed (default 200; 1 when --seed is given)
  --seed S    the first seed (default 1): the same seed always gives the same shop and the same faults
  --json      one JSON object instead of prose
  --help      this`;

export type SimulateOptions = Readonly<{ from: number; seeds: number; json: boolean }>;
export type ParsedOptions = Readonly<
  { type: 'run'; options: SimulateOptions } | { type: 'help' } | { type: 'refused'; message: string }
>;

const flags = {
  seeds: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const wholeNumber = (flag: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new LifecycleError('policy.invalid', `cannot simulate: '--${flag}' must be a positive integer, got ${text}`, {
    field: flag,
    value: text,
  });
};

/** Reads the command line. */
export const parseOptions = (argv: readonly string[]): ParsedOptions => {
  try {
    const { values } = parseArgs({ args: [...argv], options: flags, strict: true });
    if (values.help === true) return { type: 'help' };
    const seeds = wholeNumber('seeds', values.seeds, values.seed === undefined ? 200 : 1);
    return { type: 'run', options: { from: wholeNumber('seed', values.seed, 1), seeds, json: values.json === true } };
  } catch (error) {
    if (error instanceof LifecycleError || error instanceof TypeError)
      return { type: 'refused', message: error.message };
    throw error;
  }
};
