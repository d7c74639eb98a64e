import { account } from '../aws-names.ts';
import { RefusedHere } from '../refusal.ts';
import type { AccessRequest, Principal, RequestContext } from './access-request.ts';
import { compileCondition } from './condition.ts';
import { actionGlob, type Matches, resourceGlob } from './glob.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** A statement made ready: whether it speaks of a request. */
export interface CompiledStatement {
  effect: PolicyStatement['Effect'];
  covers: (request: AccessRequest, who: Principal, context: RequestContext) => boolean;
}

/** A policy attached to a role: it speaks of whoever has the role, so it names no principal. */
export const compileIdentityPolicy = (where: string, { Statement }: PolicyDocument): CompiledStatement[] =>
  Statement.map((statement) => {
    if (statement.Principal !== undefined)
      throw new RefusedHere('enforce a policy', where, 'name no principal', statement.Principal);
    return compile(where, statement, () => true);
  });

/** A policy attached to a queue, a bus, a topic, or the trust policy of a role: it names whom it speaks of. */
export const compileResourcePolicy = (where: string, { Statement }: PolicyDocument): CompiledStatement[] =>
  Statement.map((statement) => {
    const { Principal: named, Effect } = statement;
    if (named === undefined) throw new RefusedHere('enforce a policy', where, 'name a principal', statement);
    return compile(where, statement, (who) => isNamed(named, Effect, who));
  });

const compile = (where: string, statement: PolicyStatement, names: (who: Principal) => boolean): CompiledStatement => {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  if ((Action === undefined) === (NotAction === undefined))
    throw new RefusedHere('enforce a policy', where, 'have either Action or NotAction', statement);
  const action = oneOf(Action, NotAction, actionGlob);
  const resource = oneOf(Resource, NotResource, resourceGlob);
  const holds = compileCondition(where, Condition);
  return {
    effect: Effect,
    covers: (request, who, context) =>
      action(request.action) && resource(request.resource) && names(who) && holds(context),
  };
};

/** Neither: a trust policy's resource is the role itself. */
const oneOf = (
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  compiled: (pattern: string) => Matches,
): Matches => {
  const all = (wanted ?? unwanted ?? ['*']).map(compiled);
  const isListed: Matches = (text) => all.some((matches) => matches(text));
  return wanted === undefined && unwanted !== undefined ? (text) => !isListed(text) : isListed;
};

const accountNames = [account, `arn:aws:iam::${account}:root`];

/** Allowing the account leaves it to its own policies who in it may; denying the account denies everybody in it. */
const isNamed = (named: { AWS: string[]; Service: string[] }, effect: string, who: Principal): boolean => {
  if (named.AWS.includes('*')) return true;
  if (who.type === 'service') return named.Service.includes(who.name);
  return named.AWS.some((one) => (accountNames.includes(one) ? effect === 'Deny' : one === who.arn));
};
