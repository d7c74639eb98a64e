import * as z from 'zod';
import { RefusedHere } from '../refusal.ts';
import { protocolPages } from '../streams/record-pages.ts';
import type { StreamMapping } from '../streams/stream-mapping.ts';
import { StreamReader } from '../streams/stream-reader.ts';
import type { StreamStore } from '../streams/stream-store.ts';
import { createTable, streamViewOf, type TableDefinition } from '../tables/create-table.ts';
import { deleteExpired, itemsThatExpire } from '../tables/expiring-items.ts';
import { RunningTable } from '../tables/running-table.ts';
import type { TableBackend } from '../tables/table-backend.ts';
import { TimeToLive } from '../tables/time-to-live.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const table = z.object({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(z.unknown()).default([]),
  LocalSecondaryIndexes: z.array(z.unknown()).default([]),
  StreamSpecification: z.object({ StreamViewType: z.string().default('NEW_AND_OLD_IMAGES') }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.coerce.boolean() }).optional(),
  Replicas: z.array(z.unknown()).max(1, 'name one replica').optional(),
});

export interface TableHost {
  backend: TableBackend;
  store: StreamStore | undefined;
  onWrite: (tables: readonly string[]) => void;
  onRecord: (keys: Record<string, unknown>, image: Record<string, unknown> | undefined) => void;
}

export const assembleTables = async (
  blueprint: Blueprint,
  core: Core,
  host: TableHost,
): Promise<Map<string, RunningTable>> => {
  const found = blueprint.all(table, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  const running = await Promise.all(
    found.map(({ name, properties }) => startTable(definitionOf(name, properties), core, host)),
  );
  host.store?.createIndex();
  return new Map(running.map((one) => [one.name, one]));
};

const definitionOf = (name: string, properties: z.infer<typeof table>): TableDefinition => {
  const {
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    LocalSecondaryIndexes,
    StreamSpecification,
    TimeToLiveSpecification,
  } = properties;
  return {
    name,
    keySchema: KeySchema,
    attributeDefinitions: AttributeDefinitions,
    globalIndexes: GlobalSecondaryIndexes,
    localIndexes: LocalSecondaryIndexes,
    streamView: StreamSpecification?.StreamViewType,
    timeToLiveAttribute: TimeToLiveSpecification?.Enabled === true ? TimeToLiveSpecification.AttributeName : undefined,
  };
};

const startTable = async (definition: TableDefinition, core: Core, host: TableHost): Promise<RunningTable> => {
  const { name, timeToLiveAttribute, keySchema } = definition;
  const { streamArn, isNew } = await createTable(host.backend, definition);
  if (streamArn === undefined) return new RunningTable(name, undefined, [], undefined);
  const expiry = timeToLiveAttribute === undefined ? undefined : expiryOf(name, timeToLiveAttribute, core, host);
  if (!isNew && timeToLiveAttribute !== undefined) {
    for (const item of await itemsThatExpire(host.backend, name, timeToLiveAttribute, keySchema)) expiry?.watch(item);
  }
  const mappings: StreamMapping[] = [];
  const reader = new StreamReader(core.activity, {
    table: name,
    pages: host.store?.pages(name, streamViewOf(definition)) ?? protocolPages(host.backend, streamArn),
    now: core.now,
    log: core.log,
    isExpiry: (record) => expiry?.isExpiry(record) ?? false,
    deliver: (records) => {
      for (const { dynamodb } of records) {
        expiry?.watch(dynamodb);
        host.onRecord(dynamodb.Keys, dynamodb.NewImage);
      }
      for (const mapping of mappings) mapping.push(records);
    },
  });
  return new RunningTable(name, reader, mappings, host.store);
};

const expiryOf = (name: string, attribute: string, core: Core, { backend, onWrite }: TableHost): TimeToLive =>
  new TimeToLive(attribute, core.timers, core.activity, async (keys, seconds) => {
    await deleteExpired(backend, { table: name, attribute, keys, seconds });
    onWrite([name]);
  });

export const tableNamed = (tables: ReadonlyMap<string, RunningTable>, name: string): RunningTable => {
  const found = tables.get(name);
  if (found === undefined) throw new RefusedHere('run the stack here', 'table', 'be one of the stack', name);
  return found;
};
