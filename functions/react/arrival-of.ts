import type { Arrival } from '../../shared/domain/customers/arrival.ts';
import { signalsOf } from '../../shared/domain/customers/signals.ts';
import { identitiesOf } from '../../shared/domain/identity/identities.ts';
import type { CustomerEvent } from '../../shared/domain/intake/intake.ts';
import { rowOfOrder } from '../../shared/domain/orders/row-of-order.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { OrderWithRefunds } from '../../shared/ports/order-store.ts';
import type { ReactCall } from '../../shared/ports/react-calls.ts';
import type { ReactDeps } from './deps.ts';

/** What the item a call names means, as it stands now. */
export type Arrived =
  | Readonly<{ type: 'arrival'; arrival: Arrival }>
  | Readonly<{ type: 'erase'; identities: readonly string[]; at: EpochMs }>
  /** The first identity stays, the second joins it. */
  | Readonly<{ type: 'merge'; identities: readonly [string, string] }>
  /** Nobody's order, a refund whose order has not come, or an event that was dealt with. */
  | Readonly<{ type: 'nothing' }>;

/** The item a call names, as it stands now. */
export type Found = Readonly<{ order?: OrderWithRefunds; event?: CustomerEvent }>;

/** Re-reads what a call names: the call says where to look, never what is there. */
export const read = async ({ intake }: Pick<ReactDeps, 'intake'>, call: ReactCall): Promise<Found> => {
  if (call.type === 'order') return { order: await intake.loadOrder(call.key) };
  const event = call.type === 'event' ? await intake.loadEvent(call.store, call.source, call.eventId) : undefined;
  return event === undefined ? {} : { event };
};

/** What the item means; `key` hashes the addresses. */
export const arrivalOf = ({ order: found, event }: Found, store: StoreSettings, key: Uint8Array): Arrived => {
  if (event !== undefined) return arrivedByEvent(event, key);
  const order = found?.order;
  if (order?.customer === undefined) return { type: 'nothing' };
  return {
    type: 'arrival',
    arrival: {
      source: order.source,
      at: order.updatedAt,
      snapshot: order.customer,
      row: rowOfOrder(order, found?.refunds ?? [], store.currency),
      identities: identitiesOf(order.customer, store.id, order.source, key),
    },
  };
};

const arrivedByEvent = ({ store, source, at, body }: CustomerEvent, key: Uint8Array): Arrived => {
  if (body.type === 'merge')
    return { type: 'merge', identities: [`${source}:${body.keepExternalId}`, `${source}:${body.loseExternalId}`] };
  if (body.type === 'erase') return { type: 'erase', identities: identitiesOf(body, store, source, key), at };
  const identities = identitiesOf(body.customer, store, source, key);
  const arrival = { source, at, snapshot: body.customer, identities, event: body.type };
  return {
    type: 'arrival',
    arrival: body.type === 'behaviour' ? { ...arrival, signals: signalsOf(body.name, body.properties, at) } : arrival,
  };
};
