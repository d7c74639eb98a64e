import * as z from 'zod';
import { account, functionArn, tableArn } from '../../aws-names.ts';
import type { ThreadAccess } from '../../compute/thread-protocol.ts';
import { AccessControl, type Caller } from '../../iam/access-control.ts';
import type { KeysByTable } from '../../iam/calls/dynamodb-call.ts';
import { compileIdentityPolicy } from '../../iam/statement.ts';
import type { Blueprint } from '../blueprint.ts';
import { AccessBook } from './access-book.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkFunctions, functionRoles } from './check-functions.ts';
import type { Role } from './read-roles.ts';

export interface Access {
  control: AccessControl;
  tables: KeysByTable;
  /** What a function's thread needs to decide on its own calls. */
  ofFunction: (name: string) => ThreadAccess | undefined;
}

/** The key of whoever operates the local run: the command line, the story, tests. May do everything, as the one who deploys may. */
export const operatorKey = 'local';

/** Reads every policy of the stacks, refuses stacks whose parts may not work together, and says who may do what. */
export const assembleAccess = (blueprint: Blueprint, log: (line: string) => void): Access => {
  const book = new AccessBook(blueprint);
  checkFunctions(blueprint, book);
  checkDeliveries(blueprint, book);
  const roles = functionRoles(blueprint, book);
  const callers = new Map([...roles].map(([arn, role]) => functionCaller(arn, role, book)));
  callers.set(operatorKey, operator());
  const tables = readTableKeys(blueprint);
  return {
    control: new AccessControl({ callers, resources: book.resources, log }),
    tables,
    ofFunction: (name) => {
      const role = roles.get(functionArn(name));
      return role && { roleArn: role.arn, documents: role.policies, tables };
    },
  };
};

const functionCaller = (arn: string, role: Role, book: AccessBook): [string, Caller] => {
  const name = arn.split(':').at(-1) ?? '';
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`;
  return [name, { arn: role.arn, sessionArn, policies: book.policiesOf(role) }];
};

const operator = (): Caller => {
  const arn = `arn:aws:iam::${account}:user/local-operator`;
  const everything = { Effect: 'Allow' as const, Action: ['*'], Resource: ['*'], Condition: {} };
  return { arn, sessionArn: arn, policies: compileIdentityPolicy('operator', { Statement: [everything] }) };
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const index = z.object({ IndexName: z.string(), KeySchema: keySchema });
const table = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).default([]),
  LocalSecondaryIndexes: z.array(index).default([]),
});

const partitionKeyOf = (schema: z.infer<typeof keySchema>): string =>
  schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';

const readTableKeys = (blueprint: Blueprint): KeysByTable =>
  Object.fromEntries(
    blueprint.all(table, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(({ name, properties }) => {
      const { KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
      const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map((one): [string, string] => [
        one.IndexName,
        partitionKeyOf(one.KeySchema),
      ]);
      const keys = {
        arn: tableArn(name),
        partitionKey: partitionKeyOf(KeySchema),
        indexes: Object.fromEntries(indexes),
      };
      return [name, keys];
    }),
  );
