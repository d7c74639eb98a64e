import { account } from '../../aws-names.ts';
import type { AccessRequest, Principal } from '../../iam/access-request.ts';
import { decide } from '../../iam/decide.ts';
import { type CompiledStatement, compileIdentityPolicy, compileResourcePolicy } from '../../iam/statement.ts';
import { RefusedHere } from '../../refusal.ts';
import type { Blueprint } from '../blueprint.ts';
import { readInvokePermissions } from './read-invoke-permissions.ts';
import { readResourcePolicies } from './read-resource-policies.ts';
import { type Role, readRoles, roleNamed } from './read-roles.ts';

/** Every policy of the stacks, compiled once. */
export class AccessBook {
  readonly resources: ReadonlyMap<string, readonly CompiledStatement[]>;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #compiled = new Map<string, readonly CompiledStatement[]>();

  constructor(blueprint: Blueprint) {
    this.#roles = readRoles(blueprint);
    this.resources = new Map([...readResourcePolicies(blueprint), ...readInvokePermissions(blueprint)]);
  }

  role(where: string, arn: string): Role {
    return roleNamed(this.#roles, where, arn);
  }

  policiesOf(role: Role): readonly CompiledStatement[] {
    const known = this.#compiled.get(role.arn);
    if (known !== undefined) return known;
    const compiled = role.policies.flatMap((document) => compileIdentityPolicy(role.name, document));
    this.#compiled.set(role.arn, compiled);
    return compiled;
  }

  /** Refuses the stack unless the role may do this: what AWS would refuse at deployment, or fail at in silence. */
  requireRole(where: string, role: Role, request: AccessRequest): void {
    const policies = { identity: this.policiesOf(role), resource: this.resources.get(request.resource) ?? [] };
    const verdict = decide(policies, request, { type: 'iam', arn: role.arn });
    if (verdict.type === 'denied') refuse(where, role.name, request);
  }

  /** Refuses the stack unless the resource lets this service act for that source. */
  requireService(where: string, service: string, sourceArn: string, request: AccessRequest): void {
    const asked = { ...request, context: sourceContext(sourceArn) };
    const resource = this.resources.get(request.resource) ?? [];
    const verdict = decide({ identity: [], resource }, asked, { type: 'service', name: service });
    if (verdict.type === 'denied') refuse(where, service, request);
  }

  /** Refuses the stack unless the service may take the role. */
  requireTrust(where: string, role: Role, service: string, sourceArn?: string): void {
    const who: Principal = { type: 'service', name: service };
    const context = sourceArn === undefined ? undefined : sourceContext(sourceArn);
    const request = { action: 'sts:AssumeRole', resource: role.arn, context };
    const trust = compileResourcePolicy(`${role.name}.Trust`, role.trust);
    if (decide({ identity: [], resource: trust }, request, who).type === 'denied') refuse(where, service, request);
  }
}

const sourceContext = (sourceArn: string) => ({ 'aws:sourcearn': [sourceArn], 'aws:sourceaccount': [account] });

const refuse = (where: string, who: string, { action, resource }: AccessRequest): never => {
  throw new RefusedHere(
    'run the stack here',
    where,
    `let ${who} do ${action} on ${resource}`,
    'no policy that allows it',
  );
};
