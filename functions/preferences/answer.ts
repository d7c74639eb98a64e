import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { PageAnswer } from '../page/page-shell.ts';
import { preferredLanguage } from '../page/preferred-language.ts';
import { type ChooseDeps, choose, type Posted } from './choose/choose.ts';
import { choosePage } from './choose/choose-page.ts';
import { type ConfirmDeps, confirm } from './confirm/confirm.ts';
import { confirmPage } from './confirm/confirm-page.ts';
import { confirmWords } from './confirm/confirm-words.ts';

const languages = Object.keys(confirmWords);
const maxBodyLength = 10_000;

export type PageVisit = Pick<
  APIGatewayProxyEventV2,
  'routeKey' | 'pathParameters' | 'headers' | 'requestContext' | 'body' | 'isBase64Encoded'
>;

/** The two pages that ask people what they want: one confirms a yes, the other shows the choices. */
export const answer = async (deps: ConfirmDeps & ChooseDeps, visit: PageVisit, now: EpochMs): Promise<PageAnswer> => {
  const { method } = visit.requestContext.http;
  const token = visit.pathParameters?.['token'] ?? '';
  const language = preferredLanguage(visit.headers['accept-language'], languages);
  if (visit.routeKey.endsWith('/confirm/{token}'))
    return confirmPage(await confirm(deps, { method, token }, now), language);
  const posted = method === 'POST' ? postedIn(visit) : undefined;
  return choosePage(await choose(deps, { token, posted }, now), language);
};

const postedIn = ({ body = '', isBase64Encoded }: PageVisit): Posted => {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const form = new URLSearchParams(text.slice(0, maxBodyLength));
  if (form.get('do') === 'stop') return { type: 'stop' };
  return { type: 'choice', wanted: form.getAll('topic'), monthly: form.get('pace') === 'monthly' };
};
