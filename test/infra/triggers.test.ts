import { expect, it } from 'vitest';
import { perennial, resource, resourcesOf } from './synthesized.ts';

const mappings = resourcesOf(perennial, 'AWS::Lambda::EventSourceMapping');
const streams = mappings.filter(([, { Properties }]) => Properties.StartingPosition !== undefined);
const queues = mappings.filter(([, { Properties }]) => Properties.StartingPosition === undefined);
const filterOf = (name: string) => {
  const { Filters } = resource(perennial, 'AWS::Lambda::EventSourceMapping', `${name}Stream`).Properties.FilterCriteria;
  expect(Filters).toHaveLength(1);
  return JSON.parse(Filters[0].Pattern);
};

it('has two readers of the stream, as many as one replica allows', () => {
  expect(streams.map(([id]) => id.replace(/Mapping.*/, '')).sort()).toEqual(['ReactStream', 'RelayStream']);
});

it.each(streams)(
  '%s starts at the oldest record, retries five times, bisects, and parks failures with their payload',
  (_, { Properties }) => {
    expect(Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 6 * 3600,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(Properties.MaximumBatchingWindowInSeconds ?? 0).toBe(0);
    expect(JSON.stringify(Properties.DestinationConfig.OnFailure.Destination)).toContain('Failures');
  },
);

it('wakes react for what ingest put, inserted or changed', () => {
  expect(filterOf('React')).toEqual({
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { NewImage: { entity: { S: ['ORDER', 'REFUND', 'EVENT'] } } },
  });
});

it('wakes relay for committed customers, and for what the erasure log is kept of', () => {
  expect(filterOf('Relay')).toEqual({
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { NewImage: { entity: { S: ['CUSTOMER', 'CONTACT', 'SUPPRESSION'] } } },
  });
});

it('works five queues', () => {
  expect(queues).toHaveLength(5);
});

it.each(queues)('%s is limited by its mapping and answers which messages failed', (_, { Properties }) => {
  expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
  expect(Properties.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(5);
  expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
});

it('sweeps once a minute and drops a tick that failed or came late', () => {
  const { ScheduleExpression, Target } = resource(perennial, 'AWS::Scheduler::Schedule', 'SweepTick').Properties;
  expect(ScheduleExpression).toBe('rate(1 minute)');
  expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
  expect(JSON.stringify(Target.Arn)).toContain('SweepFunction');
});

it("turns off Lambda's own retries of a tick", () => {
  expect(resource(perennial, 'AWS::Lambda::EventInvokeConfig', 'Sweep').Properties).toMatchObject({
    MaximumEventAgeInSeconds: 60,
    MaximumRetryAttempts: 0,
  });
});

it('fits once a night, and tries a failed night again within the hour', () => {
  const { ScheduleExpression, Target } = resource(perennial, 'AWS::Scheduler::Schedule', 'FitNight').Properties;
  expect(ScheduleExpression).toBe('cron(17 3 * * ? *)');
  expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 2 });
  expect(JSON.stringify(Target.Arn)).toContain('Fit');
});
