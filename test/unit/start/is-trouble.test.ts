import { expect, it } from 'vitest';
import { isTrouble } from '../../../infra/local/start/print/is-trouble.ts';
import { jsonLog } from '../../../shared/adapters/log/json-log.ts';

const written = (level: 'info' | 'warn' | 'error'): string => {
  const lines: string[] = [];
  jsonLog((line) => lines.push(line))[level]('breaker.warned', { scope: 'demo' });
  return lines.join('\n');
};

it('tells faults from what is only worth knowing', () => {
  expect(isTrouble(`perennial-feedback ${written('info')}`)).toBe(false);
  expect(isTrouble(`perennial-feedback ${written('warn')}`)).toBe(false);
  expect(isTrouble(`perennial-feedback ${written('error')}`)).toBe(true);
  expect(isTrouble('Error: out of memory')).toBe(true);
});
