import type { AccessRequest, Principal, RequestContext } from './access-request.ts';
import type { CompiledStatement } from './statement.ts';

export type Verdict =
  | { type: 'allowed' }
  | { type: 'denied'; why: 'nothing-allows' | 'identity-denies' | 'resource-denies' };

export interface Policies {
  /** What the caller's role says. */
  identity: readonly CompiledStatement[];
  /** What the resource says. */
  resource: readonly CompiledStatement[];
}

const allowed: Verdict = { type: 'allowed' };

/**
 * Within one account: an explicit Deny anywhere wins, then an Allow on either side is enough, and without one the answer is no.
 * On AWS every call comes over TLS, so `aws:SecureTransport` is true here too.
 */
export const decide = ({ identity, resource }: Policies, request: AccessRequest, who: Principal): Verdict => {
  const context: RequestContext = {
    'aws:securetransport': ['true'],
    ...(who.type === 'iam' && { 'aws:principalarn': [who.arn] }),
    ...request.context,
  };
  const has = (statements: readonly CompiledStatement[], effect: CompiledStatement['effect']): boolean =>
    statements.some((one) => one.effect === effect && one.covers(request, who, context));
  if (has(identity, 'Deny')) return { type: 'denied', why: 'identity-denies' };
  if (has(resource, 'Deny')) return { type: 'denied', why: 'resource-denies' };
  return has(identity, 'Allow') || has(resource, 'Allow') ? allowed : { type: 'denied', why: 'nothing-allows' };
};
