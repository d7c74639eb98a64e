import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';

export interface StreamConsumerProps {
  readonly name: string;
  readonly fn: NodeFunction;
  readonly table: ITableV2;
  /** Kinds of item (attribute `entity`) whose new or changed image is delivered. */
  readonly entities: readonly string[];
  /** Gets the records that failed for good, with their payload (a queue would keep a pointer that dies after 24 h). */
  readonly failures: IBucket;
  readonly alarms: Alarms;
  /** What is late while the stream is behind, and lost when records are given up. */
  readonly errorImpact: string;
}

/** Runs a function on committed changes of some kinds of item. */
export class StreamConsumer extends Construct {
  private readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { fn, table, entities, failures } = props;
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: fn.lambda,
      eventSourceArn: streamOf(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [
        FilterCriteria.filter({
          eventName: ['INSERT', 'MODIFY'],
          dynamodb: { NewImage: { entity: { S: [...entities] } } },
        }),
      ],
      retryAttempts: 5,
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(6),
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: failures.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    letRead(fn, table);
    letPark(fn, failures);
    this.alarmOnDelay(props);
    this.alarmOnLoss(props);
  }

  private alarmOnDelay({ name, fn, alarms, errorImpact }: StreamConsumerProps): void {
    alarms.add(`${name}-behind`, {
      metric: fn.lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: Duration.minutes(10).toMilliseconds(),
      errorImpact: `Changes wait more than 10 minutes; after 6 hours they are given up. ${errorImpact}`,
    });
  }

  private alarmOnLoss({ name, alarms, errorImpact }: StreamConsumerProps): void {
    const count = (metricName: string) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: { EventSourceMappingUUID: this.mapping.eventSourceMappingId },
        statistic: 'Sum',
        period: Duration.minutes(5),
      });
    alarms.add(`${name}-gave-up`, {
      metric: new MathExpression({
        expression: 'FILL(parked, 0) + FILL(dropped, 0)',
        usingMetrics: {
          parked: count('OnFailureDestinationDeliveredEventCount'),
          dropped: count('DroppedEventCount'),
        },
        period: Duration.minutes(5),
        label: 'records given up',
      }),
      threshold: 1,
      errorImpact: `Changes were given up after 5 retries. ${errorImpact}`,
    });
  }
}

const streamOf = (table: ITableV2): string => {
  if (table.tableStreamArn === undefined) throw new Error("cannot consume: 'table' must have a stream, got none");
  return table.tableStreamArn;
};

const letRead = (fn: NodeFunction, table: ITableV2): void => {
  fn.may(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamOf(table)]);
  fn.mayBelow(table.tableArn, '/stream/*', {
    actions: ['dynamodb:ListStreams'],
    reason: "Lambda lists the table's streams to find the live one, whose label changes when a stream is made anew.",
  });
};

const letPark = (fn: NodeFunction, failures: IBucket): void => {
  fn.mayBelow(failures.bucketArn, '/*', {
    actions: ['s3:PutObject'],
    reason: 'Lambda chooses the key: mapping, shard, date and a random part.',
  });
  fn.may(['s3:ListBucket'], [failures.bucketArn]);
};
