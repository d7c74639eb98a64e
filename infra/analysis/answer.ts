type Parsed<T> = Readonly<{ type: 'run'; options: T } | { type: 'help' } | { type: 'refused'; message: string }>;

/** Does what the command line asks for, or says how to ask. The answer is the exit code. */
export const answer = async <T>(
  parsed: Parsed<T>,
  usage: string,
  run: (options: T) => Promise<number>,
): Promise<number> => {
  if (parsed.type === 'run') return run(parsed.options);
  if (parsed.type === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  process.stderr.write(`${parsed.message}\n\n${usage}\n`);
  return 2;
};
