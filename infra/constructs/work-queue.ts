import { Duration, Validations } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';

export interface WorkQueueProps {
  /** For example `send`; the dead-letter queue is `<name>-dead`. */
  readonly name: string;
  readonly alarms: Alarms;
  /** Timeout of the function behind the queue: a message stays invisible for six of them. */
  readonly workTimeout: Duration;
  /** What is lost while messages lie in the dead-letter queue. */
  readonly errorImpact: string;
}

export interface ConsumerOptions {
  readonly batchSize: number;
  /** How many batches run at once: the throttle, since reserved concurrency cannot be had in a small account. */
  readonly maxConcurrency: number;
}

const hardened = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** A queue whose message means "look at this now", with a dead-letter queue and its alarm. */
export class WorkQueue extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const dead = deadLetterQueue(this, 'Dead', { ...props, name: `${props.name}-dead` });
    props.alarms.add(`${props.name}-dead-letters`, {
      metric: dead.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: 1,
      errorImpact: props.errorImpact,
    });
    this.queue = new Queue(this, 'Queue', {
      ...hardened,
      queueName: `perennial-${props.alarms.deployment}-${props.name}`,
      visibilityTimeout: Duration.seconds(6 * props.workTimeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
    });
  }

  /** Lets the function put messages in, and tells it where. */
  grantSend(fn: NodeFunction, variable: string): void {
    fn.may(['sqs:SendMessage'], [this.queue.queueArn]);
    fn.knows(variable, this.queue.queueUrl);
  }

  /** Runs the function on the queue's messages; it answers which of them failed. */
  feed(fn: NodeFunction, { batchSize, maxConcurrency }: ConsumerOptions): void {
    fn.lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}

/** A place where messages wait 14 days for the operator. */
export const deadLetterQueue = (
  scope: Construct,
  id: string,
  { name, alarms }: { name: string; alarms: Alarms },
): Queue => {
  const queue = new Queue(scope, id, {
    ...hardened,
    queueName: `perennial-${alarms.deployment}-${name}`,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'This is the dead-letter queue of others.' });
  return queue;
};
