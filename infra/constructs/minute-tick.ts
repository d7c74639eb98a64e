import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';
import { wildcardFinding } from './wildcard-finding.ts';

export interface MinuteTickProps {
  readonly name: string;
  readonly fn: NodeFunction;
  readonly alarms: Alarms;
  /** What nobody does while the clock stands still. */
  readonly errorImpact: string;
}

/** Runs a function once a minute. A tick that failed or came late is dropped: the next one sees the same work. */
export class MinuteTick extends Construct {
  constructor(scope: Construct, id: string, { name, fn, alarms, errorImpact }: MinuteTickProps) {
    super(scope, id);
    const drop = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(fn.lambda, { ...drop, role: this.invoker(fn) }),
    });
    // The scheduler hands over to Lambda's own queue, which would retry twice by itself.
    fn.lambda.configureAsyncInvoke(drop);
    alarms.add(`${name}-silent`, {
      metric: fn.lambda.metricInvocations({ period: Duration.minutes(15) }),
      threshold: 1,
      rings: 'below',
      silenceRings: true,
      errorImpact,
    });
  }

  private invoker(fn: NodeFunction): Role {
    const { account } = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    Validations.of(role).acknowledge({
      id: wildcardFinding(this, fn.lambda.functionArn, ':*'),
      reason: 'The CDK adds every version and alias of the one function it may invoke.',
    });
    return role;
  }
}
