import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addIntake } from './intake.ts';
import { addLifecycle } from './lifecycle.ts';
import { addMailing } from './mailing.ts';
import { addPages } from './pages.ts';
import { makePlatform, type PlatformProps } from './platform.ts';

export type PerennialStackProps = StackProps & PlatformProps;

/** Everything that can be deleted and deployed again without losing a fact. */
export class PerennialStack extends Stack {
  constructor(scope: Construct, id: string, { settings, table, failures, bundles, ...props }: PerennialStackProps) {
    super(scope, id, props);
    const platform = makePlatform(this, { settings, table, failures, bundles });
    addIntake(this, platform);
    addMailing(this, platform);
    addLifecycle(this, platform);
    addPages(this, platform);
    new CfnOutput(this, 'ApiUrl', { value: platform.http.url });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'BusName', { value: platform.bus.bus.eventBusName });
  }
}
