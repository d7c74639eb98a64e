import { expect, it } from 'vitest';
import { synthesize } from '../../infra/app.ts';
import { env } from '../../shared/env.ts';
import { fixtureBundles, functionNames, functionOf, perennial, resourcesOf, type Template } from './synthesized.ts';

const functions = resourcesOf(perennial, 'AWS::Lambda::Function');

it('has the eleven functions, and none of the CDK', () => {
  expect(functions.map(([, { Properties }]) => Properties.FunctionName).sort()).toEqual(
    functionNames.map((name) => `perennial-prod-${name}`),
  );
});

it.each(functions)('%s runs on Node 24 and arm64', (_, { Properties }) => {
  expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
});

it.each(functions)('%s reserves no concurrency, which a small account does not have', (_, { Properties }) => {
  expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
});

it('keeps room for unsubscribing alone, and only where the operator says so', () => {
  const settings = { unsubscribeConcurrency: 5 };
  const stack = synthesize({ bundles: fixtureBundles(), settings, checks: false }).find(
    ({ name }) => name === 'Perennial',
  );
  const reserved = resourcesOf(stack?.template as Template, 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
    Properties.ReservedConcurrentExecutions === undefined
      ? []
      : [[Properties.FunctionName, Properties.ReservedConcurrentExecutions]],
  );
  expect(reserved).toEqual([['perennial-prod-unsubscribe', 5]]);
});

it.each(functions)('%s keeps its log for 30 days', (_, { Properties }) => {
  const log = perennial.Resources[Properties.LoggingConfig.LogGroup.Ref];
  expect(log?.Properties.RetentionInDays).toBe(30);
});

it('answers HTTP before the gateway gives up after 30 seconds', () => {
  for (const name of ['ingest', 'unsubscribe', 'preferences', 'admin'])
    expect(functionOf(name).Properties.Timeout).toBeLessThan(30);
});

const variables: Record<string, string[]> = {
  ingest: [env.table, env.parameters],
  react: [env.table, env.dueShards, env.parameters, env.reactRetryQueue],
  relay: [env.table, env.dueShards, env.counterShards, env.bus, env.erasureLog, env.parameters],
  enrol: [env.table, env.dueShards, env.counterShards],
  send: [env.table, env.dueShards, env.counterShards, env.configurationSet, env.parameters, env.apiUrl],
  feedback: [env.table, env.dueShards, env.counterShards, env.parameters, env.reactRetryQueue, env.feedbackTopic],
  unsubscribe: [env.table, env.parameters],
  preferences: [env.table, env.dueShards, env.parameters, env.reactRetryQueue],
  sweep: [
    env.table,
    env.dueShards,
    env.counterShards,
    env.sendQueue,
    env.enrolQueue,
    env.reactRetryQueue,
    env.sweepQueue,
    env.parameters,
    env.erasureLog,
  ],
  fit: [env.table, env.counterShards, env.rebasePerMinute],
  admin: [env.table, env.counterShards, env.apiUrl, env.parameters, env.rebasePerMinute, env.reactRetryQueue],
};

it.each(functionNames)('%s is told what it may use, and nothing else', (name) => {
  const set = functionOf(name).Properties.Environment.Variables;
  expect(Object.keys(set).sort()).toEqual([...(variables[name] ?? [])].sort());
});

it('gives every variable of shared/env.ts to somebody', () => {
  expect([...new Set(Object.values(variables).flat())].sort()).toEqual(Object.values(env).sort());
});
