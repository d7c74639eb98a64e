import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { env } from '../../shared/env.ts';
import type { NodeFunction } from './node-function.ts';

type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem';

type TableIndex = 'due' | 'roll';

export interface TableGrant {
  /** On the table itself. A transaction has no action of its own: it needs those of its parts. */
  readonly actions: readonly TableAction[];
  /** Indexes to query. @default - none */
  readonly queries?: readonly TableIndex[];
  /** Whose shard numbers the function computes. @default - none */
  readonly shards?: readonly ('due' | 'counter')[];
  /** @default - every partition */
  readonly partitions?: Partitions;
}

/** Partition keys, with `*`: these, but not those. */
export interface Partitions {
  readonly like: readonly string[];
  /** @default - none */
  readonly unlike?: readonly string[];
}

/** Where a store's settings and definitions lie: `S#{store}`, and nothing behind it. */
export const storePartitions: Partitions = { like: ['S#*'], unlike: ['S#*#*'] };

const leadingKeys = ({ like, unlike }: Partitions) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...like] },
  ...(unlike && { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': [...unlike] } }),
});

export interface TableAccessProps {
  readonly table: ITableV2;
  readonly erasureLog: ITableV2;
  readonly dueShards: number;
  readonly counterShards: number;
}

/** Gives functions their part of the table: the permission and the variables in one call. */
export class TableAccess {
  private readonly props: TableAccessProps;

  constructor(props: TableAccessProps) {
    this.props = props;
  }

  grant(fn: NodeFunction, { actions, queries = [], shards = [], partitions }: TableGrant): void {
    const { table, dueShards, counterShards } = this.props;
    fn.knows(env.table, table.tableName);
    fn.may(
      actions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
      partitions && leadingKeys(partitions),
    );
    for (const index of queries) fn.may(['dynamodb:Query'], [`${table.tableArn}/index/${index}`]);
    if (shards.includes('due')) fn.knows(env.dueShards, String(dueShards));
    if (shards.includes('counter')) fn.knows(env.counterShards, String(counterShards));
  }

  /** The log of what no restore may undo: a table of its own. */
  grantErasureLog(fn: NodeFunction, actions: readonly TableAction[]): void {
    const { erasureLog } = this.props;
    fn.knows(env.erasureLog, erasureLog.tableName);
    fn.may(
      actions.map((action) => `dynamodb:${action}`),
      [erasureLog.tableArn],
    );
  }

  /**
   * Lets the function go through the whole table and see no more of each item than these attributes: it has to say which it
   * reads, in projection and filter, and may name no other.
   */
  grantWalk(fn: NodeFunction, attributes: readonly string[]): void {
    fn.may(['dynamodb:Scan'], [this.props.table.tableArn], {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    });
  }
}
