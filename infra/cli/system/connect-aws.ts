import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
  type SSMClientConfig,
} from '@aws-sdk/client-ssm';
import { loadCustomerFile } from '../../../shared/adapters/dynamodb/customer/customer-file.ts';
import { loadManyCustomers } from '../../../shared/adapters/dynamodb/customer/load-many-customers.ts';
import { dynamoDefinitionStore } from '../../../shared/adapters/dynamodb/definition-store.ts';
import { dynamoCustomerRoll } from '../../../shared/adapters/dynamodb/store/customer-roll.ts';
import { dynamoRebases } from '../../../shared/adapters/dynamodb/store/rebases.ts';
import { dynamoRestores } from '../../../shared/adapters/dynamodb/store/restores.ts';
import { dynamoStoreList } from '../../../shared/adapters/dynamodb/store/store-list.ts';
import { dynamoStoreCatalogue } from '../../../shared/adapters/dynamodb/store-catalogue.ts';
import type { DynamoTable } from '../../../shared/adapters/dynamodb/table.ts';
import { parameterNames } from '../../../shared/env.ts';
import type { MailAccount } from '../doctor/mail-account.ts';
import { Refusal } from '../refusal.ts';
import { operationsOver, type ParameterStore, type TableSide } from './operations.ts';
import { sesMailAccount } from './ses-mail-account.ts';
import type { AwsPlace, ConnectAws } from './system.ts';

const ssmParameters = (client: SSMClient): ParameterStore => ({
  async get(name) {
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  },
  async putSecret(name, value, overwrite) {
    try {
      await client.send(
        new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: overwrite }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ParameterAlreadyExists && !overwrite) return 'there';
      throw error;
    }
  },
});

type ClientConfig = Pick<SSMClientConfig, 'region' | 'endpoint' | 'maxAttempts' | 'credentials'>;

const clientConfig = ({ region, local }: AwsPlace): ClientConfig => ({
  ...(region === undefined ? {} : { region }),
  ...(local === undefined
    ? {}
    : { endpoint: local.endpoint, maxAttempts: 1, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
});

const tableOf = async ({ where, prefix, local }: AwsPlace, parameters: ParameterStore): Promise<string> => {
  const name = local?.tableName ?? (await parameters.get(parameterNames.tableName(prefix)));
  if (name !== undefined) return name;
  throw new Refusal(`there is no ${where} in this AWS account and region`, [
    'Deploy it first (docs/guides/deploy.md), or name another: --deployment NAME --region REGION.',
  ]);
};

const tableSide = (table: DynamoTable): TableSide => ({
  definitions: dynamoDefinitionStore(table),
  roll: dynamoCustomerRoll(table),
  rebases: dynamoRebases(table),
  restores: dynamoRestores(table),
  storeList: dynamoStoreList(table),
  customers: {
    load: (store, customerId, extent) => loadCustomerFile(table, store, customerId, extent),
    loadMany: (store, ids) => loadManyCustomers(table, store, ids),
  },
});

const mailOver = async (config: ClientConfig): Promise<MailAccount> => {
  const client = new SESv2Client(config);
  return sesMailAccount(client, await client.config.region());
};

/** Settings in the deployment's table, secrets in its parameters; in the local run both at its own endpoint. */
export const connectAws: ConnectAws = async (place) => {
  const config = clientConfig(place);
  const parameters = ssmParameters(new SSMClient(config));
  const name = await tableOf(place, parameters);
  const table = { client: new DynamoDBClient(config), name };
  return operationsOver(
    place.where,
    place.prefix,
    dynamoStoreCatalogue(table),
    parameters,
    tableSide(table),
    await mailOver(config),
  );
};
