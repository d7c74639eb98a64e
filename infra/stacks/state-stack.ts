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

/** What must survive: the table and the records nobody could process. Everything else can be deleted and deployed again. */
export class StateStack extends Stack {
  readonly table: TableV2;
  readonly failures: IBucket;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.table = this.makeTable();
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
