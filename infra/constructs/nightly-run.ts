import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';
import { wildcardFinding } from './wildcard-finding.ts';

export interface NightlyRunProps {
  readonly name: string;
  readonly fn: NodeFunction;
  readonly alarms: Alarms;
  /** What nobody does in a night without a run. */
  readonly errorImpact: string;
  /** UTC, off the full hour, at which everybody's schedules start. */
  readonly hour: string;
  readonly minute: string;
}

/** Six hours, five times over: every stretch of 30 hours holds a night, wherever it begins. */
const watch = { period: Duration.hours(6), periods: 5 };

/** Runs a function once a night. A run that fails is tried twice more within the hour, so what it does must be safe to repeat. */
export class NightlyRun extends Construct {
  constructor(scope: Construct, id: string, { name, fn, alarms, errorImpact, hour, minute }: NightlyRunProps) {
    super(scope, id);
    const again = { retryAttempts: 2, maxEventAge: Duration.hours(1) };
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.cron({ hour, minute }),
      target: new LambdaInvoke(fn.lambda, { ...again, role: this.invoker(fn) }),
    });
    fn.lambda.configureAsyncInvoke(again);
    alarms.add(`${name}-silent`, {
      metric: fn.lambda.metricInvocations({ period: watch.period }),
      threshold: 1,
      periods: watch.periods,
      rings: 'below',
      silenceRings: true,
      errorImpact,
    });
  }

  private invoker(fn: NodeFunction): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    Validations.of(role).acknowledge({
      id: wildcardFinding(this, fn.lambda.functionArn, ':*'),
      reason: 'The CDK adds every version and alias of the one function it may invoke.',
    });
    return role;
  }
}
