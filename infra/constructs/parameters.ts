import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { env, parameterNames } from '../../shared/env.ts';
import type { NodeFunction } from './node-function.ts';

export interface ParametersProps {
  readonly deployment: string;
  readonly tableName: string;
  readonly apiUrl: string;
}

/**
 * What the operator's commands look up, and leave to read the secrets they make.
 * SecureStrings lie under the account's own `aws/ssm` key, which needs no grant; CloudFormation cannot make them.
 */
export class Parameters extends Construct {
  private readonly prefix: string;

  constructor(scope: Construct, id: string, { deployment, tableName, apiUrl }: ParametersProps) {
    super(scope, id);
    this.prefix = `/perennial/${deployment}`;
    this.publish('TableName', parameterNames.tableName(this.prefix), tableName);
    this.publish('ApiUrl', parameterNames.apiUrl(this.prefix), apiUrl);
  }

  grantDeploymentKey(fn: NodeFunction): void {
    this.grantRead(fn, parameterNames.deploymentKey(this.prefix));
  }

  /** Every store's webhook secrets: stores are added after the deployment, by the operator. */
  grantStoreSecrets(fn: NodeFunction): void {
    this.grantRead(fn, parameterNames.storeSecrets(this.prefix, '*'));
  }

  private grantRead(fn: NodeFunction, name: string): void {
    fn.may(
      ['ssm:GetParameter'],
      [Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) })],
    );
    fn.knows(env.parameters, this.prefix);
  }

  private publish(id: string, parameterName: string, stringValue: string): void {
    new StringParameter(this, id, { parameterName, stringValue });
  }
}
