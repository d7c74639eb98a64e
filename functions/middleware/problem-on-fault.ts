import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import { problem } from './problem.ts';

/** What the HTTP functions need of a log: ids and codes, never events, bodies or addresses. */
export type FaultLog = Readonly<{ error(message: string, fields: Readonly<Record<string, string>>): void }>;

/**
 * Turns a fault into a 500 that tells the caller nothing, and logs its code.
 * The route key is logged, not the path: paths carry tokens and customer ids.
 */
export const problemOnFault = (
  log: FaultLog,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    log.error('request failed', { route: request.event.routeKey, code: codeOf(request.error) });
    request.response = problem({ status: 500, title: 'Internal Server Error' });
  },
});
