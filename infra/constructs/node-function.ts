import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { wildcardFinding } from './wildcard-finding.ts';

export interface NodeFunctionProps {
  /** Name of the folder in `functions/`, of the bundle and of the function. */
  readonly name: string;
  /** Folder that holds `<name>/index.mjs`. */
  readonly bundles: string;
  readonly alarms: Alarms;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** What a customer, the shop or the operator loses while this fails; goes into the alarm text. */
  readonly errorImpact: string;
  /** Counts what the caller sees as errors. @default - invocations that crashed or ran out of time */
  readonly errors?: IMetric;
  /** Environments kept for it alone. @default - none: it shares the account's with everything else */
  readonly reservedConcurrency?: number | undefined;
  /** @default 1 - five-minute periods with errors before the alarm; 2 where every error is tried again anyway */
  readonly alarmAfterPeriods?: number;
}

/** A function with a role that may do nothing but write its own log; every grant is a call of `may`. */
export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const functionName = `perennial-${props.alarms.deployment}-${props.name}`;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      role: new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(props.bundles, props.name)),
      memorySize: props.memoryMb,
      timeout: props.timeout,
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // A line at the start and end of every invocation would be most of what an idle system logs.
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    this.alarmOnErrors(props);
  }

  /** Allows these actions on these resources and nothing else. */
  may(actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }

  /** Allows these actions on whatever lies below `arn`: a wildcard, so it has to say why. */
  mayBelow(arn: string, suffix: string, { actions, reason }: { actions: string[]; reason: string }): void {
    this.may(actions, [`${arn}${suffix}`]);
    Validations.of(this).acknowledge({ id: wildcardFinding(this, arn, suffix), reason });
  }

  /** Sets an environment variable; its name comes from shared/env.ts. */
  knows(variable: string, value: string): void {
    this.lambda.addEnvironment(variable, value);
  }

  private alarmOnErrors({ name, alarms, errors, errorImpact, alarmAfterPeriods }: NodeFunctionProps): void {
    alarms.add(`${name}-errors`, {
      metric: errors ?? this.lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      errorImpact,
      periods: alarmAfterPeriods ?? 1,
    });
  }
}
