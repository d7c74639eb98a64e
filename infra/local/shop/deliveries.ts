import { hashOf } from '../../../shared/domain/hash.ts';
import { type EpochMs, hours, minutes, seconds, toIso } from '../../../shared/domain/time.ts';
import type { Act, Delivery } from '../start/play/script.ts';
import type { OrderState, ShopOrder } from './orders.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { shopifyConsentUpdate, shopifyCustomer } from './shopify-customer.ts';
import { shopifyOrder, shopifyRefund } from './shopify-order.ts';
import { standardOrder } from './standard-order.ts';

const webhook = (person: Person, at: EpochMs, source: Delivery['source'], topic: string, body: object): Act => {
  const text = JSON.stringify(body);
  const id = `${source === 'standard' ? 'msg_' : ''}${hashOf([topic, text])}`;
  return { type: 'webhook', at, chain: `p${person.number}`, delivery: { source, topic, id, body: text } };
};

const shopifyTopics = {
  pending: 'orders/updated',
  paid: 'orders/updated',
  cancelled: 'orders/cancelled',
  refunded: 'orders/updated',
  partially_refunded: 'orders/updated',
} as const;

const standardTypes = {
  pending: 'order.updated',
  paid: 'order.updated',
  cancelled: 'order.cancelled',
  refunded: 'order.refunded',
  partially_refunded: 'order.refunded',
} as const;

const created = (order: ShopOrder, at: EpochMs): Act => {
  const state: OrderState = { status: 'paid', updatedAt: order.placedAt, refundedMinor: 0 };
  return order.source === 'shopify'
    ? webhook(order.person, at, 'shopify', 'orders/create', shopifyOrder(order, state))
    : webhook(
        order.person,
        at,
        'standard',
        'order.created',
        standardOrder('order.created', order.placedAt, order, state),
      );
};

const changed = (order: ShopOrder, state: OrderState, at: EpochMs): readonly Act[] => {
  if (order.source === 'standard') {
    const type = standardTypes[state.status];
    return [webhook(order.person, at, 'standard', type, standardOrder(type, state.updatedAt, order, state))];
  }
  const update = webhook(order.person, at, 'shopify', shopifyTopics[state.status], shopifyOrder(order, state));
  if (state.refundedMinor === 0) return [update];
  return [webhook(order.person, at, 'shopify', 'refunds/create', shopifyRefund(order, state)), update];
};

/** About one delivery in fifty comes twice, as platforms do when an answer got lost. */
const withRepeats = (random: Random, acts: readonly Act[]): readonly Act[] =>
  acts.flatMap((act) => (random() < 1 / 48 ? [act, { ...act, at: act.at + hours(0.2 + 30 * random()) }] : [act]));

/** Every webhook an order gives rise to: created, changed, sometimes repeated, late, or in the wrong order. */
export const orderDeliveries = (seed: number, order: ShopOrder, fate: readonly OrderState[]): readonly Act[] => {
  const random = randomFor(seed, 'wire', order.person.number, order.occasion);
  const changes = fate.flatMap((state) => {
    const late = random() < 0.08 ? hours(48 * random()) : 0;
    return changed(order, state, state.updatedAt + late);
  });
  const overtaken = changes.length > 0 && random() < 0.06;
  const createdAt = overtaken ? Math.max(...changes.map(({ at }) => at)) + minutes(5) : order.placedAt;
  return withRepeats(random, [created(order, createdAt), ...changes]);
};

/** The customer signs up, or a buyer makes an account. */
export const accountDelivery = (person: Person, at: EpochMs, consentAt: EpochMs | undefined): Act =>
  webhook(
    person,
    at,
    'shopify',
    'customers/create',
    shopifyCustomer(person, { createdAt: at, updatedAt: at, ...(consentAt === undefined ? {} : { consentAt }) }),
  );

/** The customer ticks the newsletter box in the account. */
export const optInDelivery = (person: Person, at: EpochMs): Act =>
  person.source === 'standard'
    ? webhook(person, at, 'standard', 'customer.updated', {
        type: 'customer.updated',
        timestamp: toIso(at),
        data: { email: person.email, consent: { email: 'granted', at: toIso(at), source: 'preferences' } },
      })
    : webhook(person, at, 'shopify', 'customers/email_marketing_consent_update', shopifyConsentUpdate(person, at));

/** Shopify tells of a new account a few seconds after the order it was made with. */
export const accountDelayMs = seconds(20);
