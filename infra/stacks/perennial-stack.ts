import { Annotations, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { env, logTerms } from '../../shared/env.ts';
import { Alarms } from '../constructs/alarms.ts';
import { FactBus } from '../constructs/fact-bus.ts';
import { HttpEntrance } from '../constructs/http-entrance.ts';
import { MailChannel } from '../constructs/mail-channel.ts';
import { MinuteTick } from '../constructs/minute-tick.ts';
import { NodeFunction, type NodeFunctionProps } from '../constructs/node-function.ts';
import { Parameters } from '../constructs/parameters.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import { TableAccess } from '../constructs/table-access.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Settings } from './settings.ts';

export interface PerennialStackProps extends StackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly failures: IBucket;
  /** Folder that holds `<function>/index.mjs`. */
  readonly bundles: string;
}

type FunctionOptions = Omit<NodeFunctionProps, 'alarms' | 'bundles' | 'name'>;

/** Timeouts of what works off a queue: a queue hides its messages for six of them. */
const workTimeout = {
  react: Duration.seconds(60),
  enrol: Duration.seconds(60),
  send: Duration.seconds(60),
  feedback: Duration.seconds(30),
  /** A full page is drained for up to 50 s. */
  sweep: Duration.seconds(60),
} as const;

/** Everything that can be deleted and deployed again without losing a fact. */
export class PerennialStack extends Stack {
  private readonly props: PerennialStackProps;
  private readonly alarms: Alarms;
  private readonly access: TableAccess;
  private readonly bus: FactBus;
  private readonly http: HttpEntrance;
  private readonly mail: MailChannel;
  private readonly parameters: Parameters;
  private readonly queues: Readonly<Record<'enrol' | 'send' | 'feedback' | 'reactRetry' | 'sweep', WorkQueue>>;

  constructor(scope: Construct, id: string, props: PerennialStackProps) {
    super(scope, id, props);
    const { settings, table } = props;
    this.props = props;
    this.alarms = new Alarms(this, 'Alarms', { deployment: settings.deployment, email: settings.alarmEmail });
    this.access = new TableAccess({ table, dueShards: settings.dueShards, counterShards: settings.counterShards });
    this.bus = new FactBus(this, 'Facts', {
      alarms: this.alarms,
      errorImpact:
        'Facts or SES events reached no queue: an enrolment is late until the sweep finds it, a bounce or complaint is not yet suppressed.',
    });
    this.http = new HttpEntrance(this, 'Http', {
      alarms: this.alarms,
      errorImpact:
        'Shops are told their webhooks failed and send them again for a while, then stop; people who unsubscribe see an error.',
    });
    this.mail = new MailChannel(this, 'Mail', {
      alarms: this.alarms,
      sendingDomain: settings.sendingDomain,
      errorImpact: 'A paused account sends no mail at all, for no store.',
    });
    this.parameters = new Parameters(this, 'Parameters', {
      deployment: settings.deployment,
      tableName: table.tableName,
      apiUrl: this.http.url,
    });
    this.queues = this.makeQueues();
    this.addIngest();
    this.addReact();
    this.addRelay();
    this.addEnrol();
    this.addSend();
    this.addFeedback();
    this.addUnsubscribe();
    this.addSweep();
    this.addAdmin();
    this.addOutputs();
  }

  private makeQueues() {
    const queue = (id: string, name: string, timeout: Duration, errorImpact: string) =>
      new WorkQueue(this, id, { name, workTimeout: timeout, alarms: this.alarms, errorImpact });
    const send = queue(
      'SendQueue',
      'send',
      workTimeout.send,
      "Some customers' mails failed five times; the due index offers them again, so they are late rather than lost.",
    );
    this.alarms.add('send-queue-old', {
      metric: send.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.minutes(15).toSeconds(),
      errorImpact: 'Mails leave later than planned; past their not-after time they are not sent at all.',
    });
    return {
      send,
      enrol: queue(
        'EnrolQueue',
        'enrol',
        workTimeout.enrol,
        'Some customers were not enrolled after a stage change or consent: their campaign does not start.',
      ),
      feedback: queue(
        'FeedbackQueue',
        'feedback',
        workTimeout.feedback,
        'SES events were not taken in: an address that bounced or complained may be mailed again, a click is not counted.',
      ),
      reactRetry: queue(
        'ReactRetryQueue',
        'react-retry',
        workTimeout.react,
        'Some customers stand in the wrong stage until their next order: react failed for them again and again.',
      ),
      sweep: queue(
        'SweepQueue',
        'sweep',
        workTimeout.sweep,
        'A page of due work failed five times; it is still in the due index, but it will fail there again.',
      ),
    };
  }

  private addIngest(): void {
    const fn = this.addFunction('Ingest', 'ingest', {
      memoryMb: 512,
      timeout: Duration.seconds(10),
      errorImpact:
        'Webhooks are answered with 5xx: orders come late, or not at all once the shop gives up sending them.',
    });
    this.access.grant(fn, { actions: ['GetItem', 'PutItem', 'UpdateItem'] });
    this.parameters.grantStoreSecrets(fn);
    this.http.route(fn, {
      path: '/webhooks/{store}/{source}',
      methods: [HttpMethod.POST],
      perSecond: 500,
      access: {
        open: 'A shop cannot send a token: the function checks the signature over the raw body before anything else.',
      },
    });
    const quarantined = new MetricFilter(this, 'Quarantined', {
      logGroup: fn.logGroup,
      metricNamespace: `Perennial/${this.props.settings.deployment}`,
      metricName: 'WebhooksQuarantined',
      filterPattern: FilterPattern.literal(`"${logTerms.quarantined}"`),
      metricValue: '1',
    });
    this.alarms.add('webhooks-quarantined', {
      metric: quarantined.metric({ statistic: 'Sum', period: Duration.hours(1) }),
      threshold: 10,
      errorImpact:
        'Ten or more webhooks in an hour were accepted but could not be used: their orders are in no stage and no figure.',
    });
  }

  private addReact(): void {
    const errorImpact = 'Customers stay in their old stage: no welcome, no win-back, and reports stand still.';
    const fn = this.addFunction('React', 'react', {
      memoryMb: 512,
      timeout: workTimeout.react,
      errorImpact,
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      shards: ['due'],
    });
    this.parameters.grantDeploymentKey(fn);
    this.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
    this.queues.reactRetry.feed(fn, { batchSize: 10, maxConcurrency: 2 });
    this.consume('ReactStream', { name: 'react', fn, entities: ['ORDER', 'REFUND', 'EVENT'], errorImpact });
  }

  private addRelay(): void {
    const errorImpact =
      'Stage changes are committed but told to nobody: campaigns do not start, visits and counts are missing.';
    const fn = this.addFunction('Relay', 'relay', {
      memoryMb: 512,
      timeout: Duration.seconds(30),
      errorImpact,
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, { actions: ['PutItem', 'UpdateItem'], shards: ['due', 'counter'] });
    this.bus.grantPut(fn);
    this.consume('RelayStream', { name: 'relay', fn, entities: ['CUSTOMER'], errorImpact });
  }

  private addEnrol(): void {
    const fn = this.addFunction('Enrol', 'enrol', {
      memoryMb: 512,
      timeout: workTimeout.enrol,
      errorImpact: 'Customers who changed stage are enrolled late, or not at all after five attempts.',
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, {
      actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      shards: ['due', 'counter'],
    });
    this.bus.queueFacts('EnrolOnChange', ['stage-changed', 'consent-granted'], this.queues.enrol);
    this.bus.queueFacts('EnrolOnOrder', ['order-counted'], this.queues.enrol, { enrolled: [true] });
    this.queues.enrol.feed(fn, { batchSize: 10, maxConcurrency: 5 });
  }

  private addSend(): void {
    const fn = this.addFunction('Send', 'send', {
      memoryMb: 512,
      timeout: workTimeout.send,
      errorImpact: 'Mails that are due do not leave, or stay unclear until SES tells what became of them.',
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      shards: ['due', 'counter'],
    });
    this.mail.grantSend(fn);
    this.parameters.grantDeploymentKey(fn);
    this.http.grantUrl(fn);
    // At about 50 ms a mail, five at once stay near 100 a second; SES refuses rather than queues what is above the quota.
    this.queues.send.feed(fn, { batchSize: 10, maxConcurrency: 5 });
  }

  private addFeedback(): void {
    const fn = this.addFunction('Feedback', 'feedback', {
      memoryMb: 512,
      timeout: workTimeout.feedback,
      errorImpact: 'Bounces and complaints are taken in late: an address may be mailed once more than it should.',
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, {
      actions: ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      shards: ['due', 'counter'],
    });
    this.parameters.grantDeploymentKey(fn);
    this.bus.queueServiceEvents('FeedbackOnMail', this.mail.eventPattern, this.queues.feedback);
    this.queues.feedback.feed(fn, { batchSize: 10, maxConcurrency: 5 });
  }

  private addUnsubscribe(): void {
    const fn = this.addFunction('Unsubscribe', 'unsubscribe', {
      memoryMb: 256,
      timeout: Duration.seconds(10),
      errorImpact:
        "People cannot unsubscribe: a breach of law and of the mailbox providers' rules, and they complain instead.",
    });
    // A policy can name partitions, not sort keys: within customer partitions this role can update any item, and read none.
    this.access.grant(fn, { actions: ['UpdateItem'], partitions: ['S#*#C#*'] });
    this.parameters.grantDeploymentKey(fn);
    this.http.route(fn, {
      path: '/u/{token}',
      methods: [HttpMethod.GET, HttpMethod.POST],
      perSecond: 100,
      access: {
        open: 'Mail programs unsubscribe without cookies or tokens (RFC 8058): the signed link is the authentication.',
      },
    });
  }

  private addSweep(): void {
    const fn = this.addFunction('Sweep', 'sweep', {
      memoryMb: 256,
      timeout: workTimeout.sweep,
      errorImpact:
        'What waits for its time is not found: delayed mails, time-driven stage changes and retries stand still.',
      alarmAfterPeriods: 2,
    });
    this.access.grant(fn, { actions: ['GetItem', 'UpdateItem'], queries: ['due'], shards: ['due', 'counter'] });
    this.queues.send.grantSend(fn, env.sendQueue);
    this.queues.enrol.grantSend(fn, env.enrolQueue);
    this.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
    this.queues.sweep.grantSend(fn, env.sweepQueue);
    this.queues.sweep.feed(fn, { batchSize: 1, maxConcurrency: 4 });
    new MinuteTick(this, 'SweepTick', {
      name: 'sweep',
      fn,
      alarms: this.alarms,
      errorImpact: 'No sweep has run for 15 minutes: nothing that waits for its time happens.',
    });
  }

  private addAdmin(): void {
    const { jwtIssuer, jwtAudience } = this.props.settings;
    if (jwtIssuer === undefined || jwtAudience === undefined) {
      Annotations.of(this).addInfo('No admin API: set context jwtIssuer and jwtAudience to have one.');
      return;
    }
    const fn = this.addFunction('Admin', 'admin', {
      memoryMb: 512,
      timeout: Duration.seconds(29),
      errorImpact: 'The admin API answers with errors: nobody loses data, the operator and the reports see nothing.',
    });
    this.access.grant(fn, { actions: ['GetItem', 'BatchGetItem', 'Query'], queries: ['roll'], shards: ['counter'] });
    this.http.grantUrl(fn);
    const authorizer = new HttpJwtAuthorizer('Jwt', jwtIssuer, { jwtAudience: [jwtAudience] });
    this.http.route(fn, { path: '/v1/{proxy+}', methods: [HttpMethod.ANY], perSecond: 50, access: { authorizer } });
    this.http.route(fn, {
      path: '/openapi.json',
      methods: [HttpMethod.GET],
      perSecond: 10,
      access: { open: "The description of the API holds nobody's data." },
    });
  }

  private addFunction(id: string, name: string, options: FunctionOptions): NodeFunction {
    return new NodeFunction(this, id, { ...options, name, alarms: this.alarms, bundles: this.props.bundles });
  }

  private consume(
    id: string,
    options: { name: string; fn: NodeFunction; entities: readonly string[]; errorImpact: string },
  ): void {
    const { table, failures } = this.props;
    new StreamConsumer(this, id, { ...options, table, failures, alarms: this.alarms });
  }

  private addOutputs(): void {
    new CfnOutput(this, 'ApiUrl', { value: this.http.url });
    new CfnOutput(this, 'TableName', { value: this.props.table.tableName });
    new CfnOutput(this, 'BusName', { value: this.bus.bus.eventBusName });
  }
}
