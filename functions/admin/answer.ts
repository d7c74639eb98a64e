import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { EpochMs } from '../../shared/domain/time.ts';
import { problem } from '../middleware/problem.ts';
import { callerOf, storeOf } from './caller.ts';
import type { AdminDeps } from './deps.ts';
import { openApi } from './openapi.ts';
import { forbidden, notAllowed, notFound, type ProblemAnswer, unprocessable } from './problem-answer.ts';
import type { OkAnswer, Route } from './route.ts';
import { matchRoute } from './routes.ts';

const asProblem = ({ type: _type, reason, allow, ...members }: ProblemAnswer): APIGatewayProxyStructuredResultV2 =>
  problem({
    ...members,
    ...(reason === undefined ? {} : { reason }),
    ...(allow === undefined ? {} : { headers: { allow: allow.join(', ') } }),
  });

const asJson = (body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

// The JWT authorizer has verified the token; what it claims is still text from outside.
const authorized = z.object({ authorizer: z.object({ jwt: z.object({ claims: z.unknown() }) }) });

const claimsOf = (event: APIGatewayProxyEventV2): unknown =>
  authorized.safeParse(event.requestContext).data?.authorizer.jwt.claims;

type Body = Readonly<{ type: 'body'; value: unknown }>;

const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): Body | ProblemAnswer => {
  if (body === undefined || body === '') return { type: 'body', value: undefined };
  try {
    return { type: 'body', value: JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body) };
  } catch {
    return unprocessable('the body is not JSON', [{ path: 'body', rule: 'must be JSON' }]);
  }
};

type Asked = Readonly<{ route: Route; params: Readonly<Record<string, string>> }>;

/** Role, then store, then the call itself. */
const answerRoute = async (
  deps: AdminDeps,
  event: APIGatewayProxyEventV2,
  { route, params }: Asked,
  now: EpochMs,
): Promise<OkAnswer | ProblemAnswer> => {
  const caller = callerOf(claimsOf(event));
  if (caller === undefined)
    return forbidden('the token must name one role in perennial_role: viewer, marketer or admin');
  if (!route.roles.includes(caller.role)) return forbidden(`this call is for the roles ${route.roles.join(' and ')}`);
  const { store: named, ...query } = event.queryStringParameters ?? {};
  const id = storeOf(caller, named);
  if (typeof id !== 'string') return id;
  const store = await deps.stores.settings(id, now);
  if (store === undefined) return notFound('there is no such store');
  const body = bodyOf(event);
  if (body.type === 'problem') return body;
  return route.answer(deps, { now, role: caller.role, store, params, query, body: body.value });
};

const descriptionPath = '/openapi.json';

/** Answers one request to the admin API, or for its description. */
export const answer = async (
  deps: AdminDeps,
  event: APIGatewayProxyEventV2,
  now: EpochMs,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { method } = event.requestContext.http;
  if (event.rawPath === descriptionPath) return method === 'GET' ? asJson(openApi()) : asProblem(notAllowed(['GET']));
  const match = matchRoute(method, event.rawPath);
  if (match.type === 'no-route') return asProblem(notFound('there is no such address; see /openapi.json'));
  if (match.type === 'wrong-method') return asProblem(notAllowed(match.allow));
  const result = await answerRoute(deps, event, match, now);
  return result.type === 'problem' ? asProblem(result) : asJson(result.body);
};
