import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmsProps {
  readonly deployment: string;
  /** @default - nobody is told by mail; the alarms still show in CloudWatch */
  readonly email?: string;
}

export interface AlarmOptions {
  readonly metric: IMetric;
  /** Rings at this value or above it, or below it with `rings: 'below'`. */
  readonly threshold: number;
  /** What a customer, the shop or the operator loses while this rings. */
  readonly errorImpact: string;
  /** @default 1 - periods in a row */
  readonly periods?: number;
  /** @default 'from' */
  readonly rings?: 'from' | 'below';
  /** @default false - no news is good news */
  readonly silenceRings?: boolean;
}

/** One topic for every alarm. An alarm's id is its section in docs/runbook.md; a test keeps the two in step. */
export class Alarms extends Construct {
  readonly deployment: string;
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { deployment, email }: AlarmsProps) {
    super(scope, id);
    this.deployment = deployment;
    this.topic = new Topic(this, 'Topic', { displayName: `Perennial ${deployment} alarms`, enforceSSL: true });
    this.letCloudWatchPublish(this.topic);
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** Adds the alarm `perennial-<deployment>-<id>`. */
  add(
    id: string,
    { metric, threshold, errorImpact, periods = 1, rings = 'from', silenceRings = false }: AlarmOptions,
  ): void {
    new Alarm(this, id, {
      alarmName: `perennial-${this.deployment}-${id}`,
      alarmDescription: `${errorImpact} What to do: docs/runbook.md#${id}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator:
        rings === 'from'
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  /** The TLS statement replaces the policy a topic has by default, and with it CloudWatch's leave to publish. */
  private letCloudWatchPublish(topic: ITopic): void {
    const { account } = Stack.of(this);
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }
}
