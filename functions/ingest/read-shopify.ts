import { hashOf } from '../../shared/domain/hash.ts';
import { type DeliveryContext, quarantined } from '../../shared/domain/intake/delivery.ts';
import type { Intake } from '../../shared/domain/intake/intake.ts';
import { shopifyIntake } from '../../shared/domain/intake/shopify/topics.ts';
import { type EpochMs, parseInstant } from '../../shared/domain/time.ts';
import type { IngestDeps } from './ingest-deps.ts';
import { readBody } from './read-body.ts';
import type { Delivery } from './read-delivery.ts';
import { shopifyHeader } from './shopify-header.ts';

const word = (text: string | undefined, form: RegExp): string | undefined =>
  text && form.test(text) ? text : undefined;

// Headers are not signed: they name, order and count, and never decide what the body means for money or consent.
const contextOf = (delivery: Delivery, now: EpochMs): DeliveryContext => {
  const topic = word(shopifyHeader(delivery, 'topic'), /^[a-z_/]{1,100}$/) ?? 'none';
  const deliveryId = word(shopifyHeader(delivery, 'webhook-id'), /^[\w.-]{1,100}$/);
  const triggeredAt = parseInstant(shopifyHeader(delivery, 'triggered-at') ?? '');
  // One event is delivered once for each topic it touches, under one id.
  const said = shopifyHeader(delivery, 'event-id') ?? deliveryId ?? Buffer.from(delivery.body).toString('base64');
  return {
    store: delivery.store,
    now,
    topic,
    eventId: hashOf(['shopify', topic, said]),
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(triggeredAt === undefined ? {} : { triggeredAt: Math.min(triggeredAt, now) }),
  };
};

/** What a signed Shopify delivery means; the store's settings are read only when its amounts name no currency. */
export const readShopify = async (
  deps: Pick<IngestDeps, 'stores'>,
  delivery: Delivery,
  now: EpochMs,
): Promise<Intake> => {
  const context = contextOf(delivery, now);
  const body = readBody(delivery.body);
  if (body.type === 'malformed') return quarantined('shopify', context, 'malformed-json');
  const intake = shopifyIntake(body.value, context);
  if (intake.type !== 'quarantine' || intake.entry.reason !== 'no-currency') return intake;
  const settings = await deps.stores.settings(delivery.store, now);
  return settings ? shopifyIntake(body.value, { ...context, storeCurrency: settings.currency }) : intake;
};
