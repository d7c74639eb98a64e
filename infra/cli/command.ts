import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { didYouMean } from '../../shared/domain/did-you-mean.ts';
import { UsageError } from './refusal.ts';
import type { System } from './system/system.ts';
import type { Paint } from './text/paint.ts';
import type { World } from './world.ts';

/** An option as it is parsed and as the help shows it. */
export type Option = Readonly<{ value?: string; about: string; many?: true }>;

/** What a command found out: for machines, and for people. */
export type Report = Readonly<{
  json: unknown;
  text(paint: Paint): readonly string[];
  /** What was asked about is not well: the exit code says so too. */
  failed?: boolean;
}>;

export type Context = Readonly<{ world: World; system: System }>;

export type Command = Readonly<{
  name: string;
  /** What follows the name, for example `CUSTOMER`. */
  takes: string;
  summary: string;
  options: Readonly<Record<string, Option>>;
  examples: readonly string[];
  /** Parses the rest of the command line; faults are a UsageError. */
  prepare(rest: readonly string[]): (context: Context) => Promise<Report>;
  readTarget(rest: readonly string[]): Target;
}>;

/** Which system is meant, by options every command has. */
export type Target = Readonly<{
  api?: string;
  token?: string;
  deployment?: string;
  region?: string;
  store?: string;
  json: boolean;
}>;

const targetOptions: Readonly<Record<string, Option>> = {
  api: { value: 'URL', about: 'the system to talk to; else PERENNIAL_API, else the local run' },
  token: { value: 'JWT', about: 'who is asking; else PERENNIAL_TOKEN, else the local run' },
  deployment: { value: 'NAME', about: 'a deployment in the AWS account of your credentials (default prod)' },
  region: { value: 'REGION', about: 'its AWS region; else AWS_REGION' },
  store: { value: 'ID', about: 'the store; needed when there are several' },
  json: { about: 'one JSON object instead of prose' },
};

export const optionsOf = (options: Readonly<Record<string, Option>>): Readonly<Record<string, Option>> => ({
  ...targetOptions,
  ...options,
});

type Parsed = Readonly<{
  values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  positionals: readonly string[];
}>;

const unknownOption = (error: unknown, known: readonly string[]): UsageError => {
  const message = error instanceof Error ? error.message : String(error);
  const name = /'--?([^'= ]+)/.exec(message)?.[1];
  if (name === undefined || known.includes(name)) return new UsageError([message.split('. ')[0] ?? message]);
  const meant = didYouMean(name, known);
  return new UsageError([`there is no option --${name}${meant === undefined ? '' : `; did you mean --${meant}?`}`]);
};

const parsed = (rest: readonly string[], options: Readonly<Record<string, Option>>): Parsed => {
  const all = optionsOf(options);
  try {
    return parseArgs({
      args: [...rest],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(all).map(([name, { value, many }]) => [
          name,
          { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: many ?? false },
        ]),
      ),
    });
  } catch (error) {
    throw unknownOption(error, Object.keys(all));
  }
};

const faultText = (issue: z.core.$ZodIssue): string => {
  const [place] = issue.path;
  if (place === undefined) return issue.message;
  return place === 'words' ? issue.message : `--${String(place)} ${issue.message}`;
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const targetOf = ({ values }: Parsed): Target => {
  const given = Object.entries({
    api: textOf(values['api']),
    token: textOf(values['token']),
    deployment: textOf(values['deployment']),
    region: textOf(values['region']),
    store: textOf(values['store']),
  }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), json: values['json'] === true };
};

/** Ties a command's schema to its code. The schema sees its options and `words`, what stands without a dash. */
export const defineCommand = <S extends z.ZodType>(
  spec: Omit<Command, 'prepare' | 'readTarget'> &
    Readonly<{ schema: S; run(args: z.output<S>, context: Context): Promise<Report> }>,
): Command => ({
  ...spec,
  prepare(rest) {
    const { values, positionals } = parsed(rest, spec.options);
    const own = Object.fromEntries(Object.keys(spec.options).map((name) => [name, values[name]]));
    const args = spec.schema.safeParse({ ...own, words: positionals });
    if (!args.success) throw new UsageError([...new Set(args.error.issues.map(faultText))]);
    return (context) => spec.run(args.data, context);
  },
  readTarget: (rest) => targetOf(parsed(rest, spec.options)),
});
