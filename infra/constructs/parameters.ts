import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { env, parameterNames } from '../../shared/env.ts';
import type { NodeFunction } from './node-function.ts';

export interface ParametersProps {
  readonly deployment: string;
  readonly tableName: string;
  readonly apiUrl: string;
  readonly rebasePerMinute: number;
}

/**
 * What the operator's commands look up, and leave to read the secrets they make.
 * SecureStrings lie under the account's own `aws/ssm` key, which needs no grant; CloudFormation cannot make them.
 */
export class Parameters extends Construct {
  private readonly prefix: string;

  constructor(scope: Construct, id: string, { deployment, ...published }: ParametersProps) {
    super(scope, id);
    this.prefix = `/perennial/${deployment}`;
    this.publish('TableName', parameterNames.tableName(this.prefix), published.tableName);
    this.publish('ApiUrl', parameterNames.apiUrl(this.prefix), published.apiUrl);
    this.publish('RebasePerMinute', parameterNames.rebasePerMinute(this.prefix), String(published.rebasePerMinute));
  }

  grantDeploymentKey(fn: NodeFunction): void {
    fn.may(['ssm:GetParameter'], [this.arnOf(parameterNames.deploymentKey(this.prefix))]);
    fn.knows(env.parameters, this.prefix);
  }

  grantKillSwitch(fn: NodeFunction): void {
    fn.may(['ssm:GetParameter'], [this.arnOf(parameterNames.sending(this.prefix))]);
    fn.knows(env.parameters, this.prefix);
  }

  grantStoreSecrets(fn: NodeFunction): void {
    const [stores = '', ...secrets] = parameterNames.storeSecrets(this.prefix, '*').split('*');
    fn.mayBelow(this.arnOf(stores), `*${secrets.join('*')}`, {
      actions: ['ssm:GetParameter'],
      reason: 'Stores are added after the deployment, by the operator; each has its own parameter.',
    });
    fn.knows(env.parameters, this.prefix);
  }

  private arnOf(parameterName: string): string {
    return Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.slice(1) });
  }

  private publish(id: string, parameterName: string, stringValue: string): void {
    new StringParameter(this, id, { parameterName, stringValue });
  }
}
