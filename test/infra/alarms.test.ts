import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionNames, perennial, resource, resourcesOf } from './synthesized.ts';

const alarms = resourcesOf(perennial, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const idOf = ({ AlarmName }: { AlarmName: string }) => AlarmName.replace('perennial-prod-', '');
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => [section.split('\n')[0]?.trim() ?? '', section]),
);
const ids = alarms.map(idOf).sort();

it('has a section in the runbook for each alarm, and none for an alarm that does not exist', () => {
  expect([...sections.keys()].sort()).toEqual(ids);
});

it.each(ids)('the section on %s says what it means, where to look and what to do', (id) => {
  for (const part of ['**Means.**', '**Look at.**', '**Do.**']) expect(sections.get(id)).toContain(part);
});

it.each(alarms.map((alarm) => [idOf(alarm), alarm]))('%s says what is lost, and tells the operator', (id, alarm) => {
  const [impact, link] = alarm.AlarmDescription.split(' What to do: ');
  expect(impact.length).toBeGreaterThan(40);
  expect(link).toBe(`docs/runbook.md#${id}`);
  expect(JSON.stringify(alarm.AlarmActions)).toContain('AlarmsTopic');
});

it('watches every function and every dead-letter queue', () => {
  const dead = resourcesOf(perennial, 'AWS::SQS::Queue').filter(
    ([, { Properties }]) => Properties.RedrivePolicy === undefined,
  );
  expect(ids.filter((id) => id.endsWith('-errors'))).toEqual(
    expect.arrayContaining(functionNames.map((name) => `${name}-errors`)),
  );
  expect(ids.filter((id) => id.endsWith('-dead-letters') || id === 'bus-undelivered')).toHaveLength(dead.length);
});

it.each([
  ['ingest', ['POST /webhooks/{store}/{source}']],
  ['unsubscribe', ['GET /u/{token}', 'POST /u/{token}']],
  ['admin', ['ANY /v1/{proxy+}', 'GET /openapi.json']],
])('%s is judged by the 5xx its callers got, since it answers its own faults', (name, routes) => {
  const alarm = alarms.find((candidate) => idOf(candidate) === `${name}-errors`);
  const filters = resourcesOf(perennial, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
  const filter = filters.find(({ MetricTransformations }) => MetricTransformations[0].MetricName === alarm.MetricName);
  expect(filter.MetricTransformations[0].MetricNamespace).toBe(alarm.Namespace);
  expect(filter.FilterPattern).toContain('$.status >= 500');
  for (const route of routes) expect(filter.FilterPattern).toContain(`$.route = "${route}"`);
});

it('counts each route of the API in one of these alarms', () => {
  const patterns = resourcesOf(perennial, 'AWS::Logs::MetricFilter')
    .map(([, { Properties }]) => Properties.FilterPattern)
    .join();
  const keys = resourcesOf(perennial, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
  expect(keys.filter((key) => !patterns.includes(`"${key}"`))).toEqual([]);
});

const isRungBySilence = ({ TreatMissingData }: { TreatMissingData: string }) => TreatMissingData === 'breaching';

it('rings when what runs by the clock falls silent, and at nothing else that is missing', () => {
  const silent = alarms.filter(isRungBySilence);
  const targets = resourcesOf(perennial, 'AWS::Scheduler::Schedule').map(
    ([, { Properties }]) => Properties.Target.Arn['Fn::GetAtt'][0],
  );
  expect(silent.map((alarm) => alarm.Dimensions[0].Value.Ref).sort()).toEqual(targets.sort());
  expect(silent.map(({ MetricName }) => MetricName)).toEqual(silent.map(() => 'Invocations'));
  expect(silent.map(idOf).sort()).toEqual(['fit-silent', 'sweep-silent']);
  expect(new Set(alarms.filter((alarm) => !isRungBySilence(alarm)).map((alarm) => alarm.TreatMissingData))).toEqual(
    new Set(['notBreaching']),
  );
});

it('waits for a night longer than a day, so that a good one never rings, and no longer than CloudWatch may look back', () => {
  const night = alarms.find((alarm) => idOf(alarm) === 'fit-silent');
  const watchedHours = (night.Period / 3_600) * night.EvaluationPeriods;
  // At the worst moment the newest period has just ended before the run, and the oldest begins after the last one.
  expect(watchedHours).toBeGreaterThanOrEqual(24 + night.Period / 3_600);
  expect(watchedHours).toBeLessThanOrEqual(7 * 24);
});

it('watches the longest delay of a stream, not the average', () => {
  const behind = alarms.filter((alarm) => idOf(alarm).endsWith('-behind'));
  expect(behind.map(({ MetricName, Statistic }) => [MetricName, Statistic])).toEqual([
    ['IteratorAge', 'Maximum'],
    ['IteratorAge', 'Maximum'],
  ]);
});

it('counts the records a stream gave up, parked or dropped, which Lambda reports only when asked', () => {
  for (const name of ['React', 'Relay']) {
    const mapping = resource(perennial, 'AWS::Lambda::EventSourceMapping', `${name}Stream`);
    expect(mapping.Properties.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
    const alarm = alarms.find((candidate) => idOf(candidate) === `${name.toLowerCase()}-gave-up`);
    const names = alarm.Metrics.map(
      ({ MetricStat }: { MetricStat?: { Metric: { MetricName: string } } }) => MetricStat?.Metric.MetricName,
    );
    expect(names.filter(Boolean).sort()).toEqual(['DroppedEventCount', 'OnFailureDestinationDeliveredEventCount']);
  }
});

it('lets CloudWatch publish on the topic, and TLS only', () => {
  const { Statement } = resource(perennial, 'AWS::SNS::TopicPolicy', 'Alarms').Properties.PolicyDocument;
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
    }),
  );
  expect(Statement).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
});

it('mails the alarms to the address it was given', () => {
  expect(resource(perennial, 'AWS::SNS::Subscription', 'Alarms').Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'ops@example.com',
  });
});
