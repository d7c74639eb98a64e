import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoStoreCatalogue } from '../../../../shared/adapters/dynamodb/store-catalogue.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { type LocalStack, startLocalStack } from '../../engine/local-stack.ts';
import { demoStore, demoStoreId, makeDeploymentKey, secretParameters } from './demo-store.ts';
import { type KeptRun, keepRun, openKeptRun } from './kept-run.ts';
import { removeLocalFile, writeLocalFile } from './local-file.ts';
import { parameterPrefix, region } from './local-settings.ts';
import { chosenPort } from './port.ts';
import { restoreTable } from './restore-table.ts';
import type { SynthesizedStacks } from './synthesize-stack.ts';

export type SystemOptions = Readonly<{
  stacks: SynthesizedStacks;
  port: number | undefined;
  dataDir: string | undefined;
  /** A copy of the data folder whose table is to take the place of the present one. */
  restoreFrom?: string | undefined;
  /** Virtual time to start at; the wall clock when not given. */
  startAt: EpochMs | undefined;
  /** Makes the hashes of addresses, and all that follows from them, the same in every run. */
  keySeed?: number;
  currency?: string;
  timeZone?: string;
  log: (line: string) => void;
}>;

/** The running system, with its one store. */
export type System = Readonly<{
  stack: LocalStack;
  /** The table, read and written through the run's own AWS endpoint. */
  db: DynamoDBClient;
  tableName: string;
  store: StoreSettings;
  secrets: KeptRun['secrets'];
  adminToken: string;
  /** The folder held a run already: nothing is played again. */
  resumed: boolean;
  close: () => Promise<void>;
}>;

/** The other one is the erasure log. */
const mainTable = ({ tableNames }: LocalStack): string => {
  const [name, ...others] = Object.entries(tableNames).flatMap(([id, table]) => (id.startsWith('Table') ? table : []));
  if (name === undefined || others.length > 0)
    throw new Error(`cannot start: 'the stack' must have one table called Table, got ${Object.keys(tableNames)}`);
  return name;
};

/** Local credentials are not secret and not checked: the key id says who calls. */
const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

const openStore = async (
  db: DynamoDBClient,
  tableName: string,
  fresh: StoreSettings,
  now: EpochMs,
): Promise<StoreSettings> => {
  const catalogue = dynamoStoreCatalogue({ client: db, name: tableName });
  const known = await catalogue.settings(demoStoreId, now);
  if (known === undefined) await catalogue.put(fresh);
  return known ?? fresh;
};

/** Starts the synthesized stack, makes the store `demo` in it as an operator would, and leaves the address for the command line. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  if (options.dataDir !== undefined && options.restoreFrom !== undefined)
    await restoreTable(options.dataDir, options.restoreFrom);
  const kept = await openKeptRun(options.dataDir, () => makeDeploymentKey(options.keySeed));
  const clockStartAt = kept.now ?? options.startAt;
  const stack = await startLocalStack({
    templates: options.stacks,
    port: await chosenPort(options.port),
    secrets: secretParameters(kept.secrets, kept.deploymentKey),
    log: options.log,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(clockStartAt === undefined ? {} : { clockStartAt }),
  });
  const db = clientOf(stack.awsEndpoint);
  const tableName = mainTable(stack);
  const fresh = demoStore({
    createdAt: stack.now(),
    ...(options.currency === undefined ? {} : { currency: options.currency }),
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
  });
  const store = await openStore(db, tableName, fresh, stack.now());
  const adminToken = stack.mintToken({
    sub: 'local-operator',
    perennial_role: 'admin',
    perennial_store: `${demoStoreId} *`,
  });
  await writeLocalFile({
    pid: process.pid,
    ...{ api: stack.api, control: stack.control, inbox: stack.inbox, awsEndpoint: stack.awsEndpoint },
    ...{ adminToken, parameterPrefix, tableName, region },
    stores: [{ id: store.id, secrets: kept.secrets }],
  });
  return {
    ...{ stack, db, tableName, store, adminToken },
    secrets: kept.secrets,
    resumed: kept.now !== undefined,
    close: async () => {
      if (options.dataDir !== undefined) await keepRun(options.dataDir, kept, stack.now());
      db.destroy();
      await stack.close();
      await removeLocalFile();
    },
  };
};
