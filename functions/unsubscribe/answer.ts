import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { PageAnswer } from '../page/page-shell.ts';
import { preferredLanguage } from '../page/preferred-language.ts';
import { page } from './page.ts';
import { pageWords } from './page-words.ts';
import { type UnsubscribeDeps, unsubscribe } from './unsubscribe.ts';

const languages = Object.keys(pageWords);

/** What of the HTTP event an answer depends on; the body is not among it. */
export type LinkVisit = Pick<APIGatewayProxyEventV2, 'pathParameters' | 'headers' | 'requestContext'>;

export const answer = async (deps: UnsubscribeDeps, visit: LinkVisit, now: EpochMs): Promise<PageAnswer> => {
  const request = { method: visit.requestContext.http.method, token: visit.pathParameters?.['token'] ?? '' };
  const outcome = await unsubscribe(deps, request, now);
  return page(outcome, preferredLanguage(visit.headers['accept-language'], languages));
};
