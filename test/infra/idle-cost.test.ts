import { expect, it } from 'vitest';
import { functionOf, perennial, type Resource, resourcesOf, state } from './synthesized.ts';

/** us-east-1, USD; no free tier is taken off, since other systems of the account may use it up. */
const price = {
  alarmMetricMonth: 0.1,
  sqsRequest: 0.4 / 1e6,
  schedulerInvocation: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  lambdaArmGbSecond: 0.0000133334,
  readUnit: 0.125 / 1e6,
  logGbIn: 0.5,
};

const minutesPerMonth = 730 * 60;
/** Lambda keeps five long polls of 20 s open on each queue, whether or not anything comes. */
const pollsPerMonth = 5 * 3 * minutesPerMonth;
/** Assumed: a warm, empty tick takes half a second; its log lines are 300 bytes. */
const tick = { seconds: 0.5, logBytes: 300 };
/** Kinds in the due index: lease, send, enrolment, customer. */
const dueKinds = 4;
/** An eventually consistent query costs half a unit even when it finds nothing. */
const emptyQueryUnits = 0.5;

/** Assumed: a night that fits nothing takes two seconds and reads 31 days of counters. */
const night = { seconds: 2, reads: 31, perMonth: 365 / 12 };

const costOfSchedule = ({ Properties }: Resource): number => {
  const everyMinutes = /^rate\((\d+) minutes?\)$/.exec(Properties.ScheduleExpression)?.[1];
  if (everyMinutes !== undefined) return (minutesPerMonth / Number(everyMinutes)) * costOfTick();
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(Properties.ScheduleExpression)) return night.perMonth * costOfNight();
  throw new Error(`no price for the schedule ${Properties.ScheduleExpression}`);
};

const costOfNight = (): number => {
  const { MemorySize, Environment } = functionOf('fit').Properties;
  return (
    price.schedulerInvocation +
    price.lambdaRequest +
    night.seconds * (MemorySize / 1024) * price.lambdaArmGbSecond +
    night.reads * Number(Environment.Variables.COUNTER_SHARDS) * emptyQueryUnits * price.readUnit
  );
};

const costOfTick = (): number => {
  const { MemorySize, Environment } = functionOf('sweep').Properties;
  const queries = dueKinds * Number(Environment.Variables.DUE_SHARDS) + 3; // and rebases, reconciliations, restores
  return (
    price.schedulerInvocation +
    price.lambdaRequest +
    tick.seconds * (MemorySize / 1024) * price.lambdaArmGbSecond +
    queries * emptyQueryUnits * price.readUnit +
    (tick.logBytes / 1e9) * price.logGbIn
  );
};

const alarmMetrics = ({ Properties }: Resource): number =>
  Properties.Metrics?.filter(({ MetricStat }: { MetricStat?: unknown }) => MetricStat !== undefined).length ?? 1;

/** What a resource costs a month while no customer does anything. A type that is not here fails the test below. */
const idleCost: Record<string, (resource: Resource) => number> = {
  'AWS::CloudWatch::Alarm': (alarm) => alarmMetrics(alarm) * price.alarmMetricMonth,
  'AWS::Lambda::EventSourceMapping': ({ Properties }) =>
    // Lambda reads streams without charge.
    Properties.StartingPosition === undefined ? pollsPerMonth * price.sqsRequest : 0,
  'AWS::Scheduler::Schedule': costOfSchedule,
};

/** Cost nothing while nothing happens: paid by request, by byte kept, or not at all. */
const freeWhenIdle = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  // Its metric costs 0.30 a month only for the hours in which it counts something.
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
];

const all = [...Object.values(state.Resources), ...Object.values(perennial.Resources)];
const costOf = (type: string): number =>
  all.filter(({ Type }) => Type === type).reduce((sum, resource) => sum + (idleCost[type]?.(resource) ?? 0), 0);

it('knows a price for everything that is deployed', () => {
  const unpriced = all.map(({ Type }) => Type).filter((type) => !(type in idleCost) && !freeWhenIdle.includes(type));
  expect([...new Set(unpriced)]).toEqual([]);
});

it('charges a metric-math alarm for each metric in it', () => {
  const [, twice] =
    resourcesOf(perennial, 'AWS::CloudWatch::Alarm').find(([, { Properties }]) => Properties.Metrics) ?? [];
  expect(twice && alarmMetrics(twice)).toBe(2);
});

it('costs at most 5 USD a month while idle', () => {
  const lines = Object.keys(idleCost).map((type): [string, number] => [type, costOf(type)]);
  const total = lines.reduce((sum, [, cost]) => sum + cost, 0);
  const table = [...lines, ['idle, USD a month', total] as const].map(
    ([name, cost]) => `${name.padEnd(36)}${cost.toFixed(2).padStart(6)}`,
  );
  console.info(table.join('\n'));
  expect(lines.filter(([, cost]) => cost === 0)).toEqual([]);
  expect(total).toBeLessThanOrEqual(5);
});
