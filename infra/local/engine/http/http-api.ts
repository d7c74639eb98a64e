import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Invoke } from '../compute/invoke-outcome.ts';
import type { Activity } from '../time/activity.ts';
import { authorize, type JwtRule } from './authorizer.ts';
import type { JwtIssuer } from './jwt-issuer.ts';
import { answerOf, type HttpAnswer, messageAnswer } from './lambda-response.ts';
import { readBody } from './read-body.ts';
import { type ApiIdentity, requestEvent } from './request-event.ts';
import { type RouteMatch, Routes } from './route-match.ts';

export interface ApiRoute {
  invoke: Invoke;
  timeoutMs: number;
  jwt: JwtRule | undefined;
}

const mostBodyBytes = 10 * 1_024 * 1_024;

/** An HTTP API: routes, JWT authorizer, Lambda proxy integration with payload format 2.0. */
export class HttpApi {
  readonly #identity: ApiIdentity;
  readonly #routes = new Routes<ApiRoute>();
  readonly #issuer: JwtIssuer;
  readonly #activity: Activity;
  readonly #now: () => number;

  constructor(identity: ApiIdentity, issuer: JwtIssuer, activity: Activity, now: () => number) {
    this.#identity = identity;
    this.#issuer = issuer;
    this.#activity = activity;
    this.#now = now;
  }

  addRoute(routeKey: string, route: ApiRoute): void {
    this.#routes.add(routeKey, route);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#activity.during(async () => {
      const { status, headers, body } = await this.#answer(request);
      response.writeHead(status, { ...headers, 'content-length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  }

  async #answer(request: IncomingMessage): Promise<HttpAnswer> {
    const body = await readBody(request, mostBodyBytes);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const match = this.#routes.match(request.method ?? 'GET', path);
    if (match === undefined) return messageAnswer(404, 'Not Found');
    if (body === undefined) return messageAnswer(413, 'Request Entity Too Large');
    const { jwt } = match.value;
    const verdict = jwt === undefined ? undefined : authorize(this.#issuer, jwt, request);
    if (verdict?.type === 'refused') return verdict.answer;
    return this.#integrate(request, match, body, verdict?.context);
  }

  async #integrate(
    request: IncomingMessage,
    match: RouteMatch<ApiRoute>,
    body: Buffer,
    authorizer: object | undefined,
  ): Promise<HttpAnswer> {
    const { routeKey, pathParameters, value } = match;
    const event = requestEvent(this.#identity, request, {
      routeKey,
      pathParameters,
      body,
      at: this.#now(),
      authorizer,
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), value.timeoutMs);
    });
    const outcome = await Promise.race([value.invoke(JSON.stringify(event)), late]);
    clearTimeout(timer);
    if (outcome === undefined) return messageAnswer(503, 'Service Unavailable');
    const answer = outcome.type === 'failed' ? undefined : answerOf(outcome.payload);
    return answer ?? messageAnswer(500, 'Internal Server Error');
  }
}
