import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { makeApp, synthesize } from '../../infra/app.ts';
import { fixtureBundles, type Template } from './synthesized.ts';

const bundles = fixtureBundles();
const jwt = { jwtIssuer: 'https://issuer.example.com', jwtAudience: 'perennial' };

describe('the checks of CloudFormation and cdk-nag', () => {
  it('find nothing unexplained in a deployment with the default settings', () => {
    expect(() => makeApp({ bundles }).synth()).not.toThrow();
  });

  it('find nothing unexplained in a deployment with every setting', () => {
    const settings = { ...jwt, deployment: 'staging', alarmEmail: 'ops@example.com', sendingDomain: 'shop.example' };
    expect(() => makeApp({ bundles, settings }).synth()).not.toThrow();
  });

  it('stop the synthesis when something is left open', () => {
    const app = makeApp({ bundles });
    new Queue(new Stack(app, 'Careless'), 'Open');
    expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
  });

  it('stop the synthesis when CloudFormation would refuse a value', () => {
    const app = makeApp({ bundles });
    const properties = { RetentionInYears: 17 };
    new CfnResource(new Stack(app, 'Careless'), 'Log', { type: 'AWS::Logs::LogGroup', properties });
    expect(() => app.synth()).toThrow('RetentionInYears');
  });
});

describe('settings', () => {
  it('give a deployment its own names, so that several fit into one account', () => {
    const stacks = synthesize({ bundles, checks: false, settings: { deployment: 'staging' } });
    expect(stacks.map(({ name }) => name)).toEqual(['PerennialState-staging', 'Perennial-staging']);
    expect(JSON.stringify(stacks)).toContain('/perennial/staging');
    expect(JSON.stringify(stacks)).not.toContain('perennial-prod');
  });

  it('set the shards of the due index and of the counters', () => {
    const text = JSON.stringify(synthesize({ bundles, checks: false, settings: { dueShards: 1, counterShards: 1 } }));
    expect(text).toContain('"DUE_SHARDS":"1"');
    expect(text).toContain('"COUNTER_SHARDS":"1"');
    expect(text).not.toMatch(/_SHARDS":"(8|16)"/);
  });

  it("publish the pace of a rebase, to functions and to the operator's commands alike", () => {
    const stacks = synthesize({ bundles, checks: false, settings: { rebasePerMinute: 250 } });
    const resources = stacks.flatMap(({ template }) => Object.values((template as Template).Resources));
    const published = resources.find(({ Properties }) => Properties?.Name === '/perennial/prod/rebase-per-minute');
    expect(published?.Properties.Value).toBe('250');
    expect(JSON.stringify(resources).match(/"REBASE_PER_MINUTE":"250"/g)).not.toBeNull();
  });

  it.each([
    ['jwtAudience', { jwtIssuer: jwt.jwtIssuer }],
    ['jwtIssuer', { jwtAudience: jwt.jwtAudience }],
    ['jwtIssuer', { ...jwt, jwtIssuer: 'issuer' }],
    ['dueShards', { dueShards: 0 }],
    ['dueShards', { dueShards: 'many' }],
    ['deployment', { deployment: 'Prod_1' }],
    ['sendingDomain', { sendingDomain: 'not a domain' }],
    ['alarmEmail', { alarmEmail: 'nobody' }],
  ])('refuse a wrong %s by name', (field, settings) => {
    expect(() => makeApp({ bundles, settings })).toThrow(`cannot synthesize: '${field}' must`);
  });
});

it('names the folder of every bundle by the hash its function asks for', () => {
  const [, perennial] = synthesize({ bundles, checks: false, settings: jwt });
  const keys = JSON.stringify(perennial?.template).match(/[0-9a-f]{64}(?=\.zip)/g) ?? [];
  expect(keys).toHaveLength(11);
  expect(Object.keys(perennial?.assets ?? {}).sort()).toEqual([...new Set(keys)].sort());
});
