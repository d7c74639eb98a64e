import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDefinitionStore } from '../../../../shared/adapters/dynamodb/definition-store.ts';
import type { DecidedUnder } from '../../../../shared/domain/customers/customer.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { TableContents } from './read-table.ts';
import type { Decided } from './standing.ts';

const nameOf = ({ lifecycle, fit }: DecidedUnder): string => `${lifecycle}#${fit}`;

/** The versions customers were decided under; where one is gone, what holds now stands in. */
export const readDefinitions = async (
  client: DynamoDBClient,
  name: string,
  store: StoreSettings,
  { customers }: TableContents,
  now: EpochMs,
): Promise<Pick<Decided, 'lifecycle' | 'under'>> => {
  const definitions = dynamoDefinitionStore({ client, name });
  const adopted = await definitions.adopted(store, now);
  const distinct = new Map(customers.map(({ decidedUnder }) => [nameOf(decidedUnder), decidedUnder]));
  const known = new Map(
    await Promise.all(
      [...distinct].map(
        async ([key, versions]) => [key, (await definitions.versions(store, versions)) ?? adopted] as const,
      ),
    ),
  );
  return { lifecycle: adopted.lifecycle, under: (versions) => known.get(nameOf(versions)) ?? adopted };
};
