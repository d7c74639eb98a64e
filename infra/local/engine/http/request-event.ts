import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { account } from '../aws-names.ts';

export interface ApiIdentity {
  id: string;
  host: string;
}

export interface EventParts {
  routeKey: string;
  pathParameters: Record<string, string>;
  body: Buffer;
  at: number;
  authorizer: object | undefined;
}

/** What the HTTP API hands over as text; anything else arrives in base64, forms included. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b|application\/[^;]+\+(json|xml))/i;

/** The event of payload format 2.0. */
export const requestEvent = (api: ApiIdentity, request: IncomingMessage, parts: EventParts) => {
  const [rawPath = '/', rawQueryString = ''] = splitOnce(request.url ?? '/');
  const { cookie, ...headers } = joinedHeaders(request);
  const binary = parts.body.length > 0 && !isText(headers['content-type'], parts.body);
  return {
    version: '2.0',
    routeKey: parts.routeKey,
    rawPath: decodePath(rawPath),
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: joinedQuery(rawQueryString) }),
    ...(Object.keys(parts.pathParameters).length > 0 && { pathParameters: parts.pathParameters }),
    requestContext: contextOf(api, request, decodePath(rawPath), headers['user-agent'] ?? '', parts),
    ...(parts.body.length > 0 && { body: parts.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
};

const contextOf = (
  api: ApiIdentity,
  request: IncomingMessage,
  path: string,
  userAgent: string,
  { routeKey, at, authorizer }: EventParts,
) => ({
  accountId: account,
  apiId: api.id,
  ...(authorizer !== undefined && { authorizer }),
  domainName: api.host,
  domainPrefix: api.id,
  http: {
    method: request.method ?? 'GET',
    path,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: '127.0.0.1',
    userAgent,
  },
  requestId: randomUUID(),
  routeKey,
  stage: '$default',
  time: new Date(at).toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3:$4 +0000'),
  timeEpoch: at,
});

const splitOnce = (url: string): [string, string] => {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const joinedHeaders = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [
      name,
      (values ?? []).join(name === 'cookie' ? '; ' : ','),
    ]),
  );

const joinedQuery = (text: string): Record<string, string> => {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text))
    joined[name] = name in joined ? `${joined[name]},${value}` : value;
  return joined;
};

const isText = (contentType: string | undefined, body: Buffer): boolean =>
  (contentType === undefined || textTypes.test(contentType)) && isUtf8(body);
