import { expect, it } from 'vitest';
import { resource, state } from './synthesized.ts';

const table = resource(state, 'AWS::DynamoDB::GlobalTable', 'Table');
const index = (name: string) =>
  table.Properties.GlobalSecondaryIndexes.find((gsi: { IndexName: string }) => gsi.IndexName === name);

it('keys the table by pk and sk', () => {
  expect(table.Properties.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
});

it('streams both images, since relay compares them', () => {
  expect(table.Properties.StreamSpecification.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
});

it('lets items expire by `expiresAt`', () => {
  expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
});

it('pays per request', () => {
  expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
});

it('has one replica, restorable to any second and protected from deletion', () => {
  expect(table.Properties.Replicas).toHaveLength(1);
  const [replica] = table.Properties.Replicas;
  expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
  expect(replica.DeletionProtectionEnabled).toBe(true);
});

it('finds what is due by keys alone', () => {
  expect(index('due').KeySchema).toEqual([
    { AttributeName: 'duePk', KeyType: 'HASH' },
    { AttributeName: 'dueSk', KeyType: 'RANGE' },
  ]);
  expect(index('due').Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
});

it('rolls customers up with their stage, fit and sample hash', () => {
  expect(index('roll').KeySchema).toEqual([
    { AttributeName: 'rollPk', KeyType: 'HASH' },
    { AttributeName: 'rollSk', KeyType: 'RANGE' },
  ]);
  expect(index('roll').Projection).toEqual({
    ProjectionType: 'INCLUDE',
    NonKeyAttributes: ['stage', 'lifecycle', 'fit', 'sampleHash'],
  });
});

it('outlives the stack with all that holds data', () => {
  const retained = Object.values(state.Resources).filter(({ Type }) => Type !== 'AWS::S3::BucketPolicy');
  expect(retained.map(({ Type }) => Type).sort()).toEqual([
    ...['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::GlobalTable'],
    'AWS::S3::Bucket',
  ]);
  expect(retained.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain', 'Retain']);
});

it('keeps what no restore may undo in a table of its own, without expiry, index or stream', () => {
  const { Properties: log } = resource(state, 'AWS::DynamoDB::GlobalTable', 'ErasureLog');
  expect(log).toMatchObject({ BillingMode: 'PAY_PER_REQUEST', KeySchema: table.Properties.KeySchema });
  expect(log.Replicas).toMatchObject([
    { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
  ]);
  expect([log.TimeToLiveSpecification, log.GlobalSecondaryIndexes, log.StreamSpecification]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

it('forgets failed records, which hold personal data, after 30 days', () => {
  const bucket = resource(state, 'AWS::S3::Bucket', 'Failures');
  expect(bucket.Properties.LifecycleConfiguration.Rules).toEqual([{ ExpirationInDays: 30, Status: 'Enabled' }]);
});
