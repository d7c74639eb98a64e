import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { env, logTerms } from '../../shared/env.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import { addFunction, type Platform } from './platform.ts';
import { workTimeout } from './work-queues.ts';

/** From a shop's webhook to the customer's new stage, told to the bus. */
export const addIntake = (scope: Construct, platform: Platform): void => {
  addIngest(scope, platform);
  addReact(scope, platform);
  addRelay(scope, platform);
};

const addIngest = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Ingest', {
    name: 'ingest',
    memoryMb: 512,
    timeout: Duration.seconds(10),
    errors: platform.http.failuresOf('Ingest', ['POST /webhooks/{store}/{source}']),
    errorImpact: 'Webhooks are answered with 5xx: orders come late, or not at all once the shop gives up sending them.',
  });
  platform.access.grant(fn, { actions: ['GetItem', 'PutItem', 'UpdateItem'] });
  // A later delivery of an order is compared with what is there; customers' partitions stay closed to this role.
  platform.access.grant(fn, { actions: ['Query'], partitions: { like: ['S#*#O#*'] } });
  platform.parameters.grantStoreSecrets(fn);
  platform.http.route(fn, {
    path: '/webhooks/{store}/{source}',
    methods: [HttpMethod.POST],
    perSecond: 500,
    access: {
      open: 'A shop cannot send a token: the function checks the signature over the raw body before anything else.',
    },
  });
  alarmOnQuarantine(scope, platform, fn);
};

const alarmOnQuarantine = (scope: Construct, platform: Platform, fn: NodeFunction): void => {
  const quarantined = new MetricFilter(scope, 'Quarantined', {
    logGroup: fn.logGroup,
    metricNamespace: `Perennial/${platform.settings.deployment}`,
    metricName: 'WebhooksQuarantined',
    filterPattern: FilterPattern.literal(`"${logTerms.quarantined}"`),
    metricValue: '1',
  });
  platform.alarms.add('webhooks-quarantined', {
    metric: quarantined.metric({ statistic: 'Sum', period: Duration.hours(1) }),
    threshold: 10,
    errorImpact:
      'Ten or more webhooks in an hour were accepted but could not be used: their orders are in no stage and no figure.',
  });
};

const addReact = (scope: Construct, platform: Platform): void => {
  const errorImpact = 'Customers stay in their old stage: no welcome, no win-back, and reports stand still.';
  const fn = addFunction(scope, platform, 'React', {
    name: 'react',
    memoryMb: 512,
    timeout: workTimeout.react,
    errorImpact,
    alarmAfterPeriods: 2,
  });
  platform.access.grant(fn, {
    actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
    shards: ['due'],
  });
  platform.parameters.grantDeploymentKey(fn);
  platform.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
  platform.queues.reactRetry.feed(fn, { batchSize: 10, maxConcurrency: 2 });
  consume(scope, platform, 'ReactStream', { name: 'react', fn, entities: ['ORDER', 'REFUND', 'EVENT'], errorImpact });
};

const addRelay = (scope: Construct, platform: Platform): void => {
  const errorImpact =
    'Stage changes are committed but told to nobody: campaigns do not start, visits and counts are missing, and a restore would undo opt-outs and erasures of this time.';
  const fn = addFunction(scope, platform, 'Relay', {
    name: 'relay',
    memoryMb: 512,
    timeout: Duration.seconds(30),
    errorImpact,
    alarmAfterPeriods: 2,
  });
  platform.access.grant(fn, { actions: ['PutItem', 'UpdateItem'], shards: ['due', 'counter'] });
  // Which visits of a customer are missing, when they are told again; who somebody is who opted out.
  platform.access.grant(fn, { actions: ['Query'], partitions: { like: ['S#*#C#*'] } });
  // Whether their address is suppressed, when they are told again.
  platform.access.grant(fn, { actions: ['GetItem'], partitions: { like: ['S#*#X#*'] } });
  platform.bus.grantPut(fn);
  platform.access.grantErasureLog(fn, ['GetItem', 'PutItem']);
  platform.parameters.grantDeploymentKey(fn);
  consume(scope, platform, 'RelayStream', {
    name: 'relay',
    fn,
    entities: ['CUSTOMER', 'CONTACT', 'SUPPRESSION'],
    errorImpact,
  });
};

const consume = (
  scope: Construct,
  { table, failures, alarms }: Platform,
  id: string,
  options: { name: string; fn: NodeFunction; entities: readonly string[]; errorImpact: string },
): void => {
  new StreamConsumer(scope, id, { ...options, table, failures, alarms });
};
