import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../infra/analysis/evaluate/options.ts';

const needed = ['--orders', 'o.csv', '--calibration-end', '2011-06-30', '--horizon', '90d'];
const optionsOf = (...more: string[]) => {
  const parsed = parseOptions([...needed, ...more]);
  return parsed.type === 'run' ? parsed.options : parsed;
};
const refusal = (...argv: string[]): string => {
  const parsed = parseOptions(argv);
  return parsed.type === 'refused' ? parsed.message : '(accepted)';
};

describe('npm run evaluate options', () => {
  it('are read as the contract names them', () => {
    expect(optionsOf('--json', '--map', 'total=Sum', '--zone', 'Europe/Berlin', '--lifecycle', 'ecommerce')).toEqual({
      file: 'o.csv',
      calibrationEnd: '2011-06-30',
      horizonDays: 90,
      lifecycle: 'ecommerce',
      map: { total: 'Sum' },
      zone: 'Europe/Berlin',
      json: true,
    });
    expect(optionsOf('--help')).toEqual({ type: 'help' });
  });

  it.each([
    [needed.slice(2), "'--orders' must name a file, got nothing"],
    [['--orders', 'o.csv', '--horizon', '90d'], "'--calibration-end' must be the last known day"],
    [needed.slice(0, 4), "'--horizon' must be whole days from 1d to 3650d, got nothing"],
    [[...needed, '--horizon', '3 months'], 'got 3 months'],
    [[...needed, '--horizon', '0d'], 'got 0d'],
    [[...needed, '--zone', 'Mars/Base'], "'--zone' must be an IANA zone"],
    [[...needed, '--map', 'totals=Sum'], "'--map' must be field=Header"],
    [[...needed, '--frobnicate'], "Unknown option '--frobnicate'"],
  ])('%j is refused: %s', (argv, message) => expect(refusal(...argv)).toContain(message));
});
