import { answer, type PageVisit } from '../../../functions/preferences/answer.ts';
import { firstUnsubscribeKeyId, mintUnsubscribeToken } from '../../../shared/domain/sends/unsubscribe-token.ts';
import type { makeWorld } from '../../support/world.ts';

export const key = new Uint8Array(32).fill(7);
export const tokenOf = (customerId: string): string =>
  mintUnsubscribeToken({ store: 'demo', customerId, purpose: 'marketing' }, key, firstUnsubscribeKeyId);

/** A browser's visit of one of the pages. */
export const visitPage = (
  deps: Awaited<ReturnType<typeof makeWorld>>['deps'],
  page: 'confirm' | 'preferences',
  token: string,
  options: Readonly<{ post?: string; base64?: boolean; language?: string; now: number }>,
) => {
  const method = options.post === undefined ? 'GET' : 'POST';
  const http = { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' };
  const body = options.base64 ? Buffer.from(options.post ?? '').toString('base64') : (options.post ?? '');
  const visit: PageVisit = {
    routeKey: `${method} /${page}/{token}`,
    pathParameters: { token },
    headers: options.language === undefined ? {} : { 'accept-language': options.language },
    requestContext: { http } as PageVisit['requestContext'],
    body,
    isBase64Encoded: options.base64 ?? false,
  };
  return answer(deps, visit, options.now);
};
