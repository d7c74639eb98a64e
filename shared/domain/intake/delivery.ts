import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';
import type { Intake, QuarantineEntry } from './intake.ts';

/** What surrounds a signed body: who it is for, when it came, and what the platform calls it. */
export type DeliveryContext = Readonly<{
  store: StoreId;
  /** Receipt. */
  now: EpochMs;
  /** The platform's name for what happened (`orders/create`); empty for `standard`, whose body names it. */
  topic: string;
  /** The platform's id of this delivery. */
  deliveryId?: string;
  /** The same for two deliveries of one event; a hash of topic and body where the platform gives none. */
  eventId: string;
  /** When the platform says it happened. */
  triggeredAt?: EpochMs;
  /** The store's own currency, for amounts that name none. */
  storeCurrency?: string;
}>;

/** Hands a delivery to the operator: reason and ids, never the body. Ids that are missing or unreadable are left out. */
export const quarantined = (
  source: QuarantineEntry['source'],
  context: DeliveryContext,
  reason: string,
  ids: Readonly<Record<string, string | undefined>> = {},
): Extract<Intake, { type: 'quarantine' }> => ({
  type: 'quarantine',
  entry: {
    store: context.store,
    source,
    at: context.now,
    reason,
    topic: context.topic,
    ids: Object.fromEntries(Object.entries(ids).flatMap(([name, id]) => (id === undefined ? [] : [[name, id]]))),
    ...(context.deliveryId === undefined ? {} : { deliveryId: context.deliveryId }),
  },
});
