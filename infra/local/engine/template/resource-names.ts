import { arn, busArn, functionArn, queueArn, streamArn, tableArn, topicArn } from '../aws-names.ts';

/** The property that names a resource of each type; unnamed ones are called after stack and logical id. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
};

const arns: Readonly<Record<string, (name: string) => string>> = {
  'AWS::DynamoDB::GlobalTable': tableArn,
  'AWS::DynamoDB::Table': tableArn,
  'AWS::Events::EventBus': busArn,
  'AWS::Events::Rule': (name) => arn('events', `rule/${name}`),
  'AWS::IAM::Role': (name) => `arn:aws:iam::123456789012:role/${name}`,
  'AWS::Lambda::Function': functionArn,
  'AWS::Logs::LogGroup': (name) => `${arn('logs', `log-group:${name}`)}:*`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': queueArn,
  'AWS::SNS::Topic': topicArn,
  'AWS::Scheduler::Schedule': (name) => arn('scheduler', `schedule/default/${name}`),
  'AWS::CloudWatch::Alarm': (name) => arn('cloudwatch', `alarm:${name}`),
};

const policyArn = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;

export interface Addresses {
  /** Where the services listen. */
  awsEndpoint: string;
  /** Where the HTTP API listens. */
  api: string;
}

export const queueUrl = ({ awsEndpoint }: Addresses, name: string): string => `${awsEndpoint}/123456789012/${name}`;

/** What `Ref` gives. */
export const refOf = (type: string, name: string, addresses: Addresses): string => {
  if (type === 'AWS::SQS::Queue') return queueUrl(addresses, name);
  if (type === 'AWS::IAM::ManagedPolicy') return policyArn(name);
  return type === 'AWS::SNS::Topic' ? topicArn(name) : name;
};

/** What `Fn::GetAtt` gives; nothing for attributes not known here. */
export const attributeOf = (
  type: string,
  name: string,
  attribute: string,
  addresses: Addresses,
): string | undefined => {
  if (attribute === 'Arn') return arns[type]?.(name);
  if (attribute === 'TopicArn') return topicArn(name);
  if (attribute === 'StreamArn') return streamArn(name);
  if (attribute === 'ApiEndpoint') return addresses.api;
  if (attribute === 'QueueUrl') return queueUrl(addresses, name);
  if (attribute === 'RoleId') return name;
  return ['QueueName', 'TopicName', 'Name', 'ApiId', 'TableName', 'IntegrationId', 'AuthorizerId'].includes(attribute)
    ? name
    : undefined;
};
