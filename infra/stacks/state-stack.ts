import { Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const string = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * What must survive: the table, the log of what no restore of it may undo, and the records nobody could process. Everything else
 * can be deleted and deployed again.
 */
export class StateStack extends Stack {
  readonly table: TableV2;
  readonly erasureLog: TableV2;
  readonly failures: IBucket;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.table = this.makeTable();
    this.erasureLog = this.makeErasureLog();
    // Kept while a restored table is in use instead: an export that others stop importing could not come back by itself.
    for (const value of [this.table.tableArn, this.table.tableName, this.table.tableStreamArn]) this.exportValue(value);
    this.failures = this.makeFailureBucket();
  }

  private makeTable(): TableV2 {
    return new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: [
        {
          indexName: 'due',
          partitionKey: string('duePk'),
          sortKey: string('dueSk'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: 'roll',
          partitionKey: string('rollPk'),
          sortKey: string('rollSk'),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['stage', 'lifecycle', 'fit', 'sampleHash'],
        },
      ],
    });
  }

  /** Small, written on an erasure, a bounce, a complaint or an opt-out, and read after a restore. No expiry, no index, no stream. */
  private makeErasureLog(): TableV2 {
    return new TableV2(this, 'ErasureLog', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private makeFailureBucket(): IBucket {
    const bucket = new Bucket(this, 'Failures', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // The records hold personal data: long enough for a holiday, no longer.
      lifecycleRules: [{ expiration: Duration.days(30) }],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Written by Lambda alone and read by the operator on an alarm; an access log would be a second bucket to keep for 30 days of rare files.',
    });
    return bucket;
  }
}
