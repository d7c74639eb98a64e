import * as z from 'zod';
import { account, nameOfArn } from '../../aws-names.ts';
import { type PolicyDocument, readPolicy } from '../../iam/policy-document.ts';
import { RefusedHere } from '../../refusal.ts';
import type { Blueprint } from '../blueprint.ts';
import { managedPolicies } from './managed-policies.ts';

const inline = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const role = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(inline).default([]),
});
const attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/** A role as the template makes it: who may take it, and everything it may do. */
export interface Role {
  name: string;
  arn: string;
  trust: PolicyDocument;
  policies: readonly PolicyDocument[];
}

/** The roles of the stacks by ARN, each with the policies it holds, carries or is given. */
export const readRoles = (blueprint: Blueprint): ReadonlyMap<string, Role> => {
  const given = attachedPolicies(blueprint);
  const roles = blueprint.all(role, 'AWS::IAM::Role').map(({ stack, logicalId, name, properties }) => {
    const where = `${stack}/${logicalId}`;
    const { AssumeRolePolicyDocument, ManagedPolicyArns, Policies } = properties;
    const policies = [
      ...Policies.map(({ PolicyName, PolicyDocument }) => readPolicy(`${where}.${PolicyName}`, PolicyDocument)),
      ...ManagedPolicyArns.map((arn) => managedPolicy(where, arn, given.managed)),
      ...(given.byRole.get(name) ?? []),
    ];
    return { name, arn: roleArn(name), trust: readPolicy(`${where}.Trust`, AssumeRolePolicyDocument), policies };
  });
  return new Map(roles.map((one) => [one.arn, one]));
};

const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** Policies that name their roles, and the stacks' own managed policies by ARN. */
const attachedPolicies = (blueprint: Blueprint) => {
  const byRole = new Map<string, PolicyDocument[]>();
  const managed = new Map<string, PolicyDocument>();
  for (const { stack, logicalId, type, name, properties } of blueprint.all(
    attached,
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
  )) {
    const document = readPolicy(`${stack}/${logicalId}`, properties.PolicyDocument);
    if (type === 'AWS::IAM::ManagedPolicy') managed.set(`arn:aws:iam::${account}:policy/${name}`, document);
    for (const named of properties.Roles) byRole.set(named, [...(byRole.get(named) ?? []), document]);
  }
  return { byRole, managed };
};

const managedPolicy = (where: string, arn: string, own: ReadonlyMap<string, PolicyDocument>): PolicyDocument => {
  const known = own.get(arn) ?? (Object.hasOwn(managedPolicies, arn) ? managedPolicies[arn] : undefined);
  if (known !== undefined) return known;
  throw new RefusedHere('enforce a policy', `${where}.ManagedPolicyArns`, 'name policies known here', arn);
};

/** The role with that ARN or name. */
export const roleNamed = (roles: ReadonlyMap<string, Role>, where: string, arn: string): Role => {
  const found = roles.get(arn) ?? roles.get(roleArn(nameOfArn(arn)));
  if (found === undefined) throw new RefusedHere('enforce a policy', where, 'be a role of the stack', arn);
  return found;
};
