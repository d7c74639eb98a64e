import type { Log, LogFields } from '../../ports/log.ts';

/**
 * One JSON object a line: `level`, `message` and the fields. Straight to standard output, because `console` puts words
 * before the line in Lambda and a metric filter could no longer read it.
 */
export const jsonLog = (write: (line: string) => void = (line) => void process.stdout.write(line)): Log => {
  const at =
    (level: 'INFO' | 'WARN' | 'ERROR') =>
    (message: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ ...fields, level, message })}\n`);
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
};
