import { honoured, inert, nested, refused, type Support } from './support.ts';

// Reasons and shapes that several resource types share.

export const tags = inert('nothing here is billed or searched by tag');
export const encryption = inert('nothing here leaves this machine');
export const alarms = inert('no metrics are kept here, so nothing alarms');
export const named = { Name: honoured, Description: inert('text for people'), Tags: tags };
export const provisioned = refused('only on-demand tables are metered here');

const index = nested({
  IndexName: honoured,
  KeySchema: honoured,
  Projection: honoured,
  ProvisionedThroughput: provisioned,
  OnDemandThroughput: inert('no limits here'),
});
export const replica = nested({
  Region: honoured,
  GlobalSecondaryIndexes: inert('replicas repeat what the table says'),
  PointInTimeRecoverySpecification: inert('nothing to recover from here'),
  DeletionProtectionEnabled: inert('tables end with the run or with their folder'),
  ContributorInsightsSpecification: inert('no metrics here'),
  SSESpecification: encryption,
  TableClass: inert('a matter of price'),
  Tags: tags,
  KinesisStreamSpecification: refused('there is no Kinesis here'),
});
export const table = {
  TableName: honoured,
  KeySchema: honoured,
  AttributeDefinitions: honoured,
  BillingMode: honoured,
  GlobalSecondaryIndexes: index,
  LocalSecondaryIndexes: index,
  StreamSpecification: honoured,
  TimeToLiveSpecification: honoured,
  SSESpecification: encryption,
  WriteOnDemandThroughputSettings: inert('no limits here'),
  WarmThroughput: inert('no limits here'),
};
export const eventDestination = nested({
  Name: honoured,
  Enabled: honoured,
  MatchingEventTypes: honoured,
  EventBridgeDestination: honoured,
  SnsDestination: honoured,
  CloudWatchDestination: inert('no metrics here'),
  KinesisFirehoseDestination: refused('there is no Firehose here'),
});
export const ruleTarget = nested({
  Id: honoured,
  Arn: honoured,
  Input: honoured,
  InputPath: honoured,
  InputTransformer: honoured,
  DeadLetterConfig: honoured,
  RetryPolicy: inert('a local target either takes an event at once or never'),
  RoleArn: honoured,
});
export const scheduleTarget = nested({
  Arn: honoured,
  Input: honoured,
  RoleArn: honoured,
  DeadLetterConfig: inert('the invocation itself never fails to be accepted here'),
  RetryPolicy: inert(
    'the invocation itself never fails to be accepted here; what the function does has its own retries',
  ),
});

/** The same for every property named. */
export const everything = (properties: string, support: Support): Readonly<Record<string, Support>> =>
  Object.fromEntries(properties.split(' ').map((property) => [property, support]));
