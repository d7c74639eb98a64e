import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { Log } from '../../shared/ports/log.ts';
import { problem } from './problem.ts';

/**
 * Turns a fault into a 500 that tells the caller nothing, and logs its code.
 * The route key is logged, not the path: paths carry tokens and customer ids.
 */
export const problemOnFault = (
  log: Pick<Log, 'error'>,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    log.error('request failed', { route: request.event.routeKey, code: codeOf(request.error) });
    request.response = problem({ status: 500, title: 'Internal Server Error' });
  },
});
