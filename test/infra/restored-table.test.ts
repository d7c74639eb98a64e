import { describe, expect, it } from 'vitest';
import { makeApp, synthesize } from '../../infra/app.ts';
import { fixtureBundles, type Template } from './synthesized.ts';

const bundles = fixtureBundles();
const jwt = { jwtIssuer: 'https://issuer.example.com', jwtAudience: 'perennial' };
const restoredTable = 'PerennialState-restored-1';
const restoredTableStream = `arn:aws:dynamodb:eu-central-1:123456789012:table/${restoredTable}/stream/2026-03-01T10:00:00.000`;
const settings = { ...jwt, restoredTable, restoredTableStream };

const templates = (given: Readonly<Record<string, string>>): readonly Template[] =>
  synthesize({ bundles, checks: false, settings: given }).map(({ template }) => template as Template);
const ofType = ({ Resources }: Template, type: string) => Object.values(Resources).filter(({ Type }) => Type === type);

describe('a table that a restore made', () => {
  const [state, rest] = templates(settings);
  const [ownState] = templates(jwt);
  if (state === undefined || rest === undefined) throw new Error('two stacks are made');

  it('takes the place of the own one for every function, role, stream and command', () => {
    const text = JSON.stringify(rest);
    expect(text).not.toMatch(/ExportsOutput(Ref|FnGetAtt)Table/);
    for (const { Properties } of ofType(rest, 'AWS::Lambda::Function'))
      expect(Properties.Environment.Variables.TABLE_NAME).toBe(restoredTable);
    const streams = ofType(rest, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.StartingPosition,
    );
    expect(streams.map(({ Properties }) => Properties.EventSourceArn)).toEqual([
      restoredTableStream,
      restoredTableStream,
    ]);
    expect(rest.Outputs['TableName']?.Value).toBe(restoredTable);
    const parameters = ofType(rest, 'AWS::SSM::Parameter').map(({ Properties }) => [Properties.Name, Properties.Value]);
    expect(parameters).toContainEqual(['/perennial/prod/table-name', restoredTable]);
  });

  it('leaves the erasure log, and the stack that holds it, as they are', () => {
    const names = ofType(rest, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties.Environment.Variables.ERASURE_LOG_TABLE,
    );
    expect(JSON.stringify(names)).toContain('ExportsOutputRefErasureLog');
    // No export goes, so that neither stack has to wait for the other, and the way back is open.
    expect(state).toEqual(ownState);
  });

  it('passes every check', () => {
    expect(() => makeApp({ bundles, settings }).synth()).not.toThrow();
  });

  it.each([
    [{ restoredTable }, 'restoredTableStream'],
    [{ restoredTableStream }, 'restoredTable'],
    [{ restoredTable: 'another', restoredTableStream }, 'restoredTableStream'],
    [{ restoredTable, restoredTableStream: restoredTable }, 'restoredTableStream'],
  ])('is refused half said or said wrongly: %j', (given, field) => {
    expect(() => makeApp({ bundles, settings: given })).toThrow(`'${field}' must`);
  });
});
