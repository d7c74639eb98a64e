import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { ingest } from '../../../functions/ingest/ingest.ts';
import type { IngestDeps } from '../../../functions/ingest/ingest-deps.ts';
import { memoryIntakeStore } from '../../../shared/adapters/memory/memory-intake-store.ts';
import { memoryStoreCatalogue } from '../../../shared/adapters/memory/memory-store-catalogue.ts';
import { memoryTable, type Row } from '../../../shared/adapters/memory/memory-table.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { LogFields } from '../../../shared/ports/log.ts';
import type { StoreSecrets } from '../../../shared/ports/secrets.ts';

export const now: EpochMs = Date.UTC(2026, 0, 5, 10);
export const shopifySecret = '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';
export const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

type Sent = Readonly<{
  store?: string;
  source?: string;
  headers?: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  base64?: boolean;
}>;

/** The event API Gateway makes of a request (payload format 2.0). */
export const request = ({
  store = 'demo',
  source = 'shopify',
  headers = {},
  body,
  base64 = false,
}: Sent): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /webhooks/{store}/{source}',
  rawPath: `/webhooks/${store}/${source}`,
  rawQueryString: '',
  headers,
  pathParameters: { store, source },
  requestContext: {
    accountId: '1',
    apiId: 'a',
    domainName: 'd',
    domainPrefix: 'd',
    http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    requestId: 'r',
    routeKey: 'POST /webhooks/{store}/{source}',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body: base64 ? Buffer.from(body).toString('base64') : Buffer.from(body).toString('utf8'),
  isBase64Encoded: base64,
});

/** Headers of a Shopify delivery over exactly these bytes. */
export const shopifyHeaders = (
  body: string | Uint8Array,
  topic: string,
  secret = shopifySecret,
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-shopify-topic': topic,
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
});

/** Headers of a Standard Webhooks delivery over exactly these bytes. */
export const standardHeaders = (
  body: string | Uint8Array,
  over: Readonly<{ id?: string; at?: EpochMs; secret?: string; contentType?: string }> = {},
): Record<string, string> => {
  const { id = 'msg_1', at = now, secret = standardSecret, contentType = 'application/json' } = over;
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return {
    'content-type': contentType,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
};

export const bench = (secrets: StoreSecrets = { shopify: [shopifySecret], standard: [standardSecret] }) => {
  const table = memoryTable();
  const asked: { store: string; suspect: boolean }[] = [];
  const logged: string[] = [];
  const stores = memoryStoreCatalogue(table);
  const record = (message: string, fields: LogFields = {}): void => {
    logged.push(JSON.stringify({ message, ...fields }));
  };
  const deps: IngestDeps = {
    secrets: {
      async storeSecrets(store, _now, suspect = false) {
        asked.push({ store, suspect });
        return store === 'demo' ? secrets : undefined;
      },
    },
    intake: memoryIntakeStore(table),
    stores,
    log: { warn: record, error: record },
  };
  const rows = (): readonly Row[] => [...table.rows()];
  return {
    deps,
    stores,
    asked,
    logged,
    rows,
    only: (entity: Row['entity']) => rows().filter((row) => row.entity === entity),
  };
};
export type Bench = ReturnType<typeof bench>;

const answerSchema = z.object({ statusCode: z.number(), body: z.string(), headers: z.record(z.string(), z.unknown()) });

/** Sends one request through the whole use-case; the answer's body is parsed. */
export const send = async ({ deps }: Pick<Bench, 'deps'>, sent: Sent, at: EpochMs = now) => {
  const answer = answerSchema.parse(await ingest(deps, request(sent), at));
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    body: z.record(z.string(), z.unknown()).parse(JSON.parse(answer.body)),
  };
};

export const sendShopify = (
  b: Pick<Bench, 'deps'>,
  topic: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
) => send(b, { body, headers: { ...shopifyHeaders(body, topic), ...headers } });

export const sendStandard = (b: Pick<Bench, 'deps'>, message: unknown, id = 'msg_1') => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return send(b, { source: 'standard', body, headers: standardHeaders(body, { id }) });
};
