import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../infra/local/start/options.ts';

const optionsOf = (...argv: string[]) => {
  const parsed = parseOptions(argv);
  return parsed.type === 'run' ? parsed.options : parsed;
};
const refusal = (...argv: string[]): string => {
  const parsed = parseOptions(argv);
  return parsed.type === 'refused' ? parsed.message : '(accepted)';
};

describe('npm start options', () => {
  it('without any play the sample shop in prose, with seed 1, on the usual port, in memory', () => {
    expect(optionsOf()).toEqual({ json: false, play: { type: 'sample-shop' }, seed: 1 });
  });

  it('are read as the contract names them', () => {
    expect(optionsOf('--json', '--no-demo', '--port', '0', '--seed', '7', '--data', '/tmp/x')).toEqual({
      json: true,
      play: { type: 'nothing' },
      port: 0,
      dataDir: '/tmp/x',
      seed: 7,
    });
    expect(
      optionsOf('--orders', 'o.csv', '--map', 'total=Sum', '--zone', 'Europe/Berlin', '--consent', 'none'),
    ).toMatchObject({
      play: { type: 'orders', file: 'o.csv', map: { total: 'Sum' }, zone: 'Europe/Berlin', consent: 'none' },
    });
    expect(parseOptions(['--help']).type).toBe('help');
  });

  it('are refused with the rule when they make no sense', () => {
    expect(refusal('--port', 'many')).toContain("'--port' must be a whole number up to 65535, got many");
    expect(refusal('--port', '70000')).toContain('up to 65535');
    expect(refusal('--orders', 'o.csv', '--zone', 'Mars/Olympus')).toContain("'--zone' must be an IANA zone");
    expect(refusal('--orders', 'o.csv', '--consent', 'all')).toContain("'--consent' must be none");
    expect(refusal('--orders', 'o.csv', '--map', 'sum=Total')).toContain("'--map' must be field=Header");
    expect(refusal('--zone', 'UTC')).toContain("'--zone' must come with --orders");
    expect(refusal('--orders', 'o.csv', '--no-demo')).toContain("'--no-demo' must not come with --orders");
    expect(refusal('--speed', '2')).toContain('--speed');
  });
});
