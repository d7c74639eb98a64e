import * as z from 'zod';
import { functionArn, nameOfArn } from '../../aws-names.ts';
import type { PolicyDocument } from '../../iam/policy-document.ts';
import { type CompiledStatement, compileResourcePolicy } from '../../iam/statement.ts';
import type { Blueprint } from '../blueprint.ts';

const permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});
type Permission = z.infer<typeof permission>;

/** What a function's permissions come to: the resource policy Lambda makes of them, by function ARN. */
export const readInvokePermissions = (blueprint: Blueprint): ReadonlyMap<string, readonly CompiledStatement[]> => {
  const found = new Map<string, CompiledStatement[]>();
  for (const { logicalId, properties } of blueprint.all(permission, 'AWS::Lambda::Permission')) {
    const arn = functionArn(nameOfArn(properties.FunctionName));
    found.set(arn, [...(found.get(arn) ?? []), ...compileResourcePolicy(logicalId, documentOf(properties, arn))]);
  }
  return found;
};

const documentOf = ({ Action, Principal, SourceArn, SourceAccount }: Permission, arn: string): PolicyDocument => {
  const isService = Principal.endsWith('.amazonaws.com');
  return {
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: isService ? [] : [Principal], Service: isService ? [Principal] : [] },
        Action: [Action],
        Resource: [arn],
        Condition: {
          ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': [SourceArn] } }),
          ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': [SourceAccount] } }),
        },
      },
    ],
  };
};
