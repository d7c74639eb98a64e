import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOnFault } from '../middleware/problem-on-fault.ts';
import { withNow } from '../middleware/with-now.ts';
import { wireClock, wireIntakeStore, wireLog, wireSecrets, wireStoreCatalogue } from '../wiring.ts';
import { ingest } from './ingest.ts';
import type { IngestDeps } from './ingest-deps.ts';

// once per cold start
const deps: IngestDeps = {
  secrets: wireSecrets(),
  intake: wireIntakeStore(),
  stores: wireStoreCatalogue(),
  log: wireLog(),
};

/** `POST /webhooks/{store}/{source}`: no token, the signature over the raw bytes is the authentication. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(problemOnFault(deps.log))
  .handler(withNow(wireClock(), (event: APIGatewayProxyEventV2, now) => ingest(deps, event, now)));
