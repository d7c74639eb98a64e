import { Duration } from 'aws-cdk-lib';
import { CfnRule, EventBus, type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { busSource, env } from '../../shared/env.ts';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';
import { deadLetterQueue, type WorkQueue } from './work-queue.ts';

export interface FactBusProps {
  readonly alarms: Alarms;
  /** What is lost while events lie undelivered. */
  readonly errorImpact: string;
}

/** The bus of committed facts, and the rules that queue them for us. Anyone else may add rules of their own. */
export class FactBus extends Construct {
  readonly bus: EventBus;
  private readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { alarms, errorImpact }: FactBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: `perennial-${alarms.deployment}` });
    this.undelivered = deadLetterQueue(this, 'Undelivered', { name: 'bus-undelivered', alarms });
    alarms.add('bus-undelivered', {
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      errorImpact,
    });
  }

  grantPut(fn: NodeFunction): void {
    fn.may(['events:PutEvents'], [this.bus.eventBusArn]);
    fn.knows(env.bus, this.bus.eventBusName);
  }

  /** Queues our own facts of these types, as they are. */
  queueFacts(id: string, types: readonly string[], queue: WorkQueue, detail?: Record<string, unknown[]>): void {
    this.queueEvents(id, { source: [busSource], detailType: [...types], ...(detail && { detail }) }, queue, this.bus);
  }

  /** Queues events of the account's default bus: the only one that AWS services publish to. */
  queueServiceEvents(id: string, pattern: EventPattern, queue: WorkQueue): void {
    this.queueEvents(id, pattern, queue);
  }

  private queueEvents(id: string, eventPattern: EventPattern, { queue }: WorkQueue, eventBus?: IEventBus): void {
    const rule = new Rule(this, id, {
      ...(eventBus && { eventBus }),
      eventPattern,
      targets: [new SqsQueue(queue, { deadLetterQueue: this.undelivered })],
    });
    ignoreReplays(rule);
  }
}

/** What an archive plays again happened before: EventBridge marks it, in a field that the CDK's type of a pattern lacks. */
const ignoreReplays = ({ node }: Rule): void => {
  if (node.defaultChild instanceof CfnRule)
    node.defaultChild.addPropertyOverride('EventPattern.replay-name', [{ exists: false }]);
};
