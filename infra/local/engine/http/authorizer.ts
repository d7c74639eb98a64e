import type { IncomingMessage } from 'node:http';
import type { Claims, JwtIssuer } from './jwt-issuer.ts';
import { type HttpAnswer, messageAnswer } from './lambda-response.ts';

export interface JwtRule {
  issuer: string;
  audience: readonly string[];
  /** Any one of them is enough; none asked for means none needed. */
  scopes: readonly string[];
}

export type Verdict = { type: 'authorized'; context: object } | { type: 'refused'; answer: HttpAnswer };

/** The HTTP API's JWT authorizer: 401 without a good token, 403 without a scope. */
export const authorize = (issuer: JwtIssuer, rule: JwtRule, request: IncomingMessage): Verdict => {
  const token = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '');
  if (token === '') return refused(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  const claims = issuer.check(token, { issuer: rule.issuer, audience: rule.audience, nowSeconds: Date.now() / 1_000 });
  if (claims === undefined) {
    return refused(401, 'Unauthorized', {
      'www-authenticate': 'Bearer scope="" error="invalid_token" error_description="invalid token"',
    });
  }
  if (rule.scopes.length > 0 && !rule.scopes.some((scope) => scopesOf(claims).includes(scope)))
    return refused(403, 'Forbidden', {});
  return {
    type: 'authorized',
    context: { jwt: { claims: texts(claims), scopes: rule.scopes.length > 0 ? rule.scopes : null } },
  };
};

const refused = (status: number, message: string, headers: Record<string, string>): Verdict => ({
  type: 'refused',
  answer: messageAnswer(status, message, headers),
});

const scopesOf = (claims: Claims): string[] => String(claims['scope'] ?? claims['scp'] ?? '').split(' ');

/** Claims reach the function as text; lists in square brackets, as API Gateway writes them. */
const texts = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
