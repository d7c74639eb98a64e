import { type Command, optionsOf } from './command.ts';
import { columns } from './text/columns.ts';
import type { Paint } from './text/paint.ts';

const invocation = 'npm run perennial --';

/** Every command in one screen. */
export const overview = (commands: readonly Command[], paint: Paint): string =>
  [
    `${paint.bold('perennial')}: what an operator asks of a running system`,
    '',
    `  ${invocation} COMMAND [options]`,
    '',
    ...columns(commands.map(({ name, takes, summary }) => [paint.bold(`${name} ${takes}`.trim()), summary])),
    '',
    `  ${invocation} COMMAND --help   tells more of one`,
    '',
    'It talks to --api with --token, else to PERENNIAL_API with PERENNIAL_TOKEN, else to the local run of npm start.',
    'Exit codes: 0 done, 1 refused, 2 the command line is wrong.',
    '',
  ].join('\n');

/** One command: how it goes, its options, examples that work. */
export const helpOf = ({ name, takes, summary, options, examples }: Command, paint: Paint): string =>
  [
    `${paint.bold(`perennial ${name}`)}: ${summary}`,
    '',
    `  ${invocation} ${name} ${takes} [options]`,
    '',
    ...columns(
      Object.entries(optionsOf(options)).map(([option, { value, about, many }]) => [
        `--${option}${value === undefined ? '' : ` ${value}`}`,
        many === true ? `${about}; may be given several times` : about,
      ]),
    ),
    '',
    ...examples.map((example) => `  ${paint.dim(`${invocation} ${example}`)}`),
    '',
  ].join('\n');
