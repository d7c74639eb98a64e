import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { PageAnswer } from '../page/page-shell.ts';
import { wireClock, wireCustomerStore, wireLog, wireReactCalls, wireSecrets, wireStoreCatalogue } from '../wiring.ts';
import { answer } from './answer.ts';

const clock = wireClock();
const deps = {
  customers: wireCustomerStore(),
  catalogue: wireStoreCatalogue(),
  react: wireReactCalls(),
  secrets: wireSecrets(),
  log: wireLog(),
};

export const handler = (event: APIGatewayProxyEventV2): Promise<PageAnswer> => answer(deps, event, clock.now());
