import { Duration } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { env, logTerms, walkedAttributes } from '../../shared/env.ts';
import { MinuteTick } from '../constructs/minute-tick.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import { addFunction, type Platform } from './platform.ts';
import { workTimeout } from './work-queues.ts';

/** From a fact on the bus, or the passing of time, to a mail and what became of it. */
export const addMailing = (scope: Construct, platform: Platform): void => {
  addEnrol(scope, platform);
  addSend(scope, platform);
  addFeedback(scope, platform);
  addSweep(scope, platform);
};

const addEnrol = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Enrol', {
    name: 'enrol',
    memoryMb: 512,
    timeout: workTimeout.enrol,
    errorImpact: 'Customers who changed stage are enrolled late, or not at all after five attempts.',
    alarmAfterPeriods: 2,
  });
  platform.access.grant(fn, {
    actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'],
    shards: ['due', 'counter'],
  });
  platform.bus.queueFacts('EnrolOnChange', ['stage-changed', 'customer-merged'], platform.queues.enrol);
  platform.bus.queueFacts('EnrolOnConsent', ['consent-granted'], platform.queues.enrol, { placed: [0] });
  platform.bus.queueFacts('EnrolOnDelivery', ['order-counted'], platform.queues.enrol, { delivered: [true] });
  platform.queues.enrol.feed(fn, { batchSize: 10, maxConcurrency: 5 });
};

const addSend = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Send', {
    name: 'send',
    memoryMb: 512,
    timeout: workTimeout.send,
    errorImpact: 'Mails that are due do not leave, or stay unclear until SES tells what became of them.',
    alarmAfterPeriods: 2,
  });
  platform.access.grant(fn, {
    actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    shards: ['due', 'counter'],
  });
  platform.mail.grantSend(fn);
  platform.mail.grantReadQuota(fn);
  platform.parameters.grantKillSwitch(fn);
  platform.parameters.grantDeploymentKey(fn);
  platform.http.grantUrl(fn);
  // At about 50 ms a mail, five at once stay near 100 a second; SES refuses rather than queues what is above the quota.
  platform.queues.send.feed(fn, { batchSize: 10, maxConcurrency: 5 });
};

const addFeedback = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Feedback', {
    name: 'feedback',
    memoryMb: 512,
    timeout: workTimeout.feedback,
    errorImpact: 'Bounces and complaints are taken in late: an address may be mailed once more than it should.',
    alarmAfterPeriods: 2,
  });
  // BatchGetItem and Query are for the circuit breakers: the week's counts, and which stores there are.
  platform.access.grant(fn, {
    actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    shards: ['due', 'counter'],
  });
  platform.access.grant(fn, { actions: ['Query'], partitions: { like: ['STORES'] } });
  alarmOnBreaker(scope, platform, fn);
  platform.parameters.grantDeploymentKey(fn);
  platform.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
  platform.bus.queueServiceEvents('FeedbackOnMail', platform.mail.eventPattern, platform.queues.feedback);
  platform.mail.queueBadNews(fn, platform.queues.feedback);
  platform.queues.feedback.feed(fn, { batchSize: 10, maxConcurrency: 5 });
};

/** One alarm for every breaker: which one, and why, is in the log line. */
const alarmOnBreaker = (scope: Construct, { settings, alarms }: Platform, fn: NodeFunction): void => {
  const opened = new MetricFilter(scope, 'BreakerOpened', {
    logGroup: fn.logGroup,
    metricNamespace: `Perennial/${settings.deployment}`,
    metricName: 'BreakersOpened',
    filterPattern: FilterPattern.literal(`"${logTerms.breakerOpened}"`),
    metricValue: '1',
  });
  alarms.add('breaker-open', {
    metric: opened.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    errorImpact: 'Bounces or complaints ran too high: marketing of a store, or of all stores, waits for hours or days.',
  });
};

const addSweep = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Sweep', {
    name: 'sweep',
    memoryMb: 256,
    timeout: workTimeout.sweep,
    errorImpact:
      'What waits for its time is not found: delayed mails, time-driven stage changes and retries stand still.',
    alarmAfterPeriods: 2,
  });
  platform.access.grant(fn, {
    actions: ['GetItem', 'PutItem', 'UpdateItem'],
    queries: ['due', 'roll'],
    shards: ['due', 'counter'],
  });
  platform.access.grantWalk(fn, walkedAttributes);
  // Replayed after a restore; customers' own rows are looked at to see that react has erased them.
  platform.access.grantErasureLog(fn, ['Query']);
  platform.access.grant(fn, { actions: ['Query'], partitions: { like: ['S#*#C#*'] } });
  platform.parameters.grantKillSwitch(fn);
  platform.queues.send.grantSend(fn, env.sendQueue);
  platform.queues.enrol.grantSend(fn, env.enrolQueue);
  platform.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
  platform.queues.sweep.grantSend(fn, env.sweepQueue);
  platform.queues.sweep.feed(fn, { batchSize: 1, maxConcurrency: 4 });
  new MinuteTick(scope, 'SweepTick', {
    name: 'sweep',
    fn,
    alarms: platform.alarms,
    errorImpact: 'No sweep has run for 15 minutes: nothing that waits for its time happens.',
  });
};
