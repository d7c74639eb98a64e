import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Attributes } from './codec/codec.ts';
import type { DynamoTable } from './table.ts';

/** A refused condition is an outcome; `there` is the item that stood in the way, as it was. */
export type Written = Readonly<{ type: 'written' } | { type: 'refused'; there: Attributes | undefined }>;

/** What a condition compares: `#name` and `:value` placeholders without their signs. */
export type Condition = Readonly<{
  expression: string;
  names?: Readonly<Record<string, string>>;
  values?: Attributes;
}>;

export const ifAbsent: Condition = { expression: 'attribute_not_exists(pk)' };
export const ifPresent: Condition = { expression: 'attribute_exists(pk)' };

/** The row stands at the version before `version`; 0 = it is not there. */
export const ifVersionBefore = (version: number, name = 'n'): Condition =>
  version === 1
    ? ifAbsent
    : {
        expression: '#version = :before',
        names: { '#version': name },
        values: { ':before': { N: String(version - 1) } },
      };

/** No version is there, or only an earlier one; versions are text of which later is greater. */
export const ifLaterVersion = (version: string): Condition => ({
  expression: 'attribute_not_exists(pk) OR ver < :ver',
  values: { ':ver': { S: version } },
});

/** The part of a request that carries a condition. */
export const conditioned = ({ expression, names, values }: Condition) => ({
  ConditionExpression: expression,
  ...(names && { ExpressionAttributeNames: { ...names } }),
  ...(values && { ExpressionAttributeValues: values }),
});

const outcome = async (write: Promise<unknown>): Promise<Written> => {
  try {
    await write;
    return { type: 'written' };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { type: 'refused', there: error.Item };
    throw error;
  }
};

type Reveal = Readonly<{ reveal?: boolean }>;
const revealed = ({ reveal }: Reveal) => (reveal ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {});

export const putItem = (
  table: DynamoTable,
  item: Attributes,
  condition?: Condition,
  options: Reveal = {},
): Promise<Written> => {
  const input: PutItemCommandInput = {
    TableName: table.name,
    Item: item,
    ...(condition && conditioned(condition)),
    ...revealed(options),
  };
  return outcome(table.client.send(new PutItemCommand(input)));
};

export const updateItem = (table: DynamoTable, input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<Written> =>
  outcome(table.client.send(new UpdateItemCommand({ TableName: table.name, ...input })));
