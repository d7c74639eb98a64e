import { expect, it } from 'vitest';
import { parseInstant } from '../../../shared/domain/time.ts';

it('reads an instant with its offset, and nothing that is none', () => {
  expect(parseInstant('2026-01-05T10:00:00Z')).toBe(Date.UTC(2026, 0, 5, 10));
  expect(parseInstant('2026-01-05T10:00:00.123456789+02:00')).toBe(Date.UTC(2026, 0, 5, 8, 0, 0, 123));
  expect(parseInstant('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29));
  for (const no of [
    '2026-02-30T00:00:00Z',
    '2026-01-05',
    '2026-01-05T10:00:00',
    '2026-13-01T00:00:00Z',
    'yesterday',
    '',
  ]) {
    expect(parseInstant(no), no).toBeUndefined();
  }
});
