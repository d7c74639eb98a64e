import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { addIntake } from './intake.ts';
import { addLifecycle } from './lifecycle.ts';
import { addMailing } from './mailing.ts';
import { addPages } from './pages.ts';
import { makePlatform, type PlatformProps } from './platform.ts';
import type { Settings } from './settings.ts';

export type PerennialStackProps = StackProps & PlatformProps;

/** Everything that can be deleted and deployed again without losing a fact. */
export class PerennialStack extends Stack {
  constructor(scope: Construct, id: string, props: PerennialStackProps) {
    const { settings, table: own, erasureLog, failures, bundles, ...rest } = props;
    super(scope, id, rest);
    const table = restoredTable(this, settings) ?? own;
    const platform = makePlatform(this, { settings, table, erasureLog, failures, bundles });
    addIntake(this, platform);
    addMailing(this, platform);
    addLifecycle(this, platform);
    addPages(this, platform);
    new CfnOutput(this, 'ApiUrl', { value: platform.http.url });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'ErasureLogName', { value: erasureLog.tableName });
    new CfnOutput(this, 'BusName', { value: platform.bus.bus.eventBusName });
  }
}

/** DynamoDB restores into a table of another name, which no stack has made. */
const restoredTable = (
  scope: Construct,
  { restoredTable: tableName, restoredTableStream: tableStreamArn }: Settings,
): ITableV2 | undefined =>
  tableName === undefined || tableStreamArn === undefined
    ? undefined
    : TableV2.fromTableAttributes(scope, 'RestoredTable', { tableName, tableStreamArn });
