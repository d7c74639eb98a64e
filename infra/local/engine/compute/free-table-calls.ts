import { dynamoDbRequests } from '../iam/calls/dynamodb-call.ts';
import { recordOf } from '../iam/calls/json.ts';
import { decide } from '../iam/decide.ts';
import { compileIdentityPolicy } from '../iam/statement.ts';
import type { ThreadSetup } from './thread-protocol.ts';

/** Says of a table call whether nothing stands in its way; whatever does is dealt with by the main thread, in one place. */
export const freeTableCalls = ({
  access,
  detour,
  functionName,
}: Pick<ThreadSetup, 'access' | 'detour' | 'functionName'>): ((target: string, body: Buffer) => boolean) => {
  if (access === undefined) return () => false;
  const { roleArn, documents, tables } = access;
  const policies = {
    identity: documents.flatMap((document) => compileIdentityPolicy(functionName, document)),
    resource: [],
  };
  const who = { type: 'iam', arn: roleArn } as const;
  const faults = new Int32Array(detour);
  return (target, body) => {
    if (Atomics.load(faults, 0) !== 0) return false;
    try {
      const requests = dynamoDbRequests(target.split('.')[1] ?? '', recordOf(JSON.parse(body.toString())), tables);
      return requests.every((request) => decide(policies, request, who).type === 'allowed');
    } catch {
      return false;
    }
  };
};
