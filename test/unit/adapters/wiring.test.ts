import { afterEach, describe, expect, it, vi } from 'vitest';
import { wireCustomerStore, wireMailer, wireSecrets } from '../../../functions/wiring.ts';
import { systemClock } from '../../../shared/adapters/clock/system-clock.ts';
import { jsonLog } from '../../../shared/adapters/log/json-log.ts';
import { sampleVisit } from '../../support/samples.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  globalThis.perennialClock = undefined;
});

describe('wiring', () => {
  it('names the variable that is missing', () => {
    vi.stubEnv('TABLE_NAME', '');
    vi.stubEnv('PARAMETER_PREFIX', undefined);
    expect(() => wireCustomerStore()).toThrow("cannot start: 'TABLE_NAME' must be set, got nothing");
    expect(() => wireSecrets()).toThrow(/'PARAMETER_PREFIX'/);
    expect(() => wireMailer()).toThrow(/'SES_CONFIGURATION_SET'/);
  });

  it('asks for shards only when an item needs them, and for whole positive numbers', async () => {
    vi.stubEnv('TABLE_NAME', 'table');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('DUE_SHARDS', '0');
    const customers = wireCustomerStore();
    const visit = customers.recordVisit('demo', 'c1', sampleVisit({ dueAt: 5 }));
    await expect(visit).rejects.toMatchObject({ code: 'config.missing', details: { name: 'DUE_SHARDS' } });
  });
});

describe('clock', () => {
  it('follows a movable clock where one is set, and the wall otherwise', () => {
    const before = Date.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
    globalThis.perennialClock = { now: () => 42 };
    expect(systemClock.now()).toBe(42);
  });
});

describe('log', () => {
  it('writes one JSON object a line, whose level and message no field can replace', () => {
    const lines: string[] = [];
    const log = jsonLog((line) => void lines.push(line));
    log.warn('webhook.quarantined', { store: 'demo', count: 2, absent: undefined, level: 'x', message: 'a\nb' });
    expect(lines).toEqual(['{"store":"demo","count":2,"level":"WARN","message":"webhook.quarantined"}\n']);
  });
});
