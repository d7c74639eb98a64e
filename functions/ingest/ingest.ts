import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { EpochMs } from '../../shared/domain/time.ts';
import { problem } from '../middleware/problem.ts';
import type { IngestDeps } from './ingest-deps.ts';
import { type Delivery, readDelivery } from './read-delivery.ts';
import { readShopify } from './read-shopify.ts';
import { readStandard } from './read-standard.ts';
import { type Receipt, storeIntake } from './store-intake.ts';
import { type IngestSource, ingestSource, verifySignature } from './verify-signature.ts';

// One answer for a bad signature, an unknown store and an unknown source: nobody learns which stores there are.
const unauthorized = problem({ status: 401, title: 'Unauthorized' });
const tooLarge = problem({ status: 413, title: 'Content Too Large', detail: 'the body must be at most 1 MB' });

const received = (receipt: Receipt): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 202,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(receipt),
});

const isSigned = async (deps: IngestDeps, source: IngestSource, delivery: Delivery, now: EpochMs): Promise<boolean> => {
  const known = await deps.secrets.storeSecrets(delivery.store, now);
  if (known === undefined) return false;
  if (verifySignature(source, delivery, known[source] ?? [], now)) return true;
  // Perhaps the secret was rotated since this container read it; the port keeps this to once a minute.
  const fresh = await deps.secrets.storeSecrets(delivery.store, now, true);
  return verifySignature(source, delivery, fresh?.[source] ?? [], now);
};

/** One webhook delivery: verify the raw bytes, read what they mean, write it in one conditional put, answer. */
export const ingest = async (
  deps: IngestDeps,
  event: APIGatewayProxyEventV2,
  now: EpochMs,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const delivery = readDelivery(event);
  if (delivery.type === 'too-large') return tooLarge;
  const source = delivery.type === 'delivery' ? ingestSource(delivery.source) : undefined;
  if (delivery.type === 'nowhere' || source === undefined) return unauthorized;
  if (!(await isSigned(deps, source, delivery, now))) return unauthorized;
  if (source === 'shopify') return received(await storeIntake(deps, await readShopify(deps, delivery, now)));
  const answer = readStandard(delivery, now);
  return answer.type === 'refused' ? problem(answer.problem) : received(await storeIntake(deps, answer.intake));
};
