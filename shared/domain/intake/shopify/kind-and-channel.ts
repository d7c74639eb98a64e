import type { OrderChannel, OrderKind } from '../../orders/order.ts';
import type { OrderPayload } from './payload.ts';
import { shopifyTags } from './person.ts';

/** Orders billed by a subscription contract; the second name replaced the first in October 2025. Neither is in Shopify's reference. */
const renewalSources = new Set(['subscription_contract', 'subscription_contract_checkout_one']);

/** Tags that subscription and returns apps put on orders, lower case. */
const kindByTag: ReadonlyMap<string, OrderKind> = new Map<string, OrderKind>([
  ['subscription recurring order', 'subscription_renewal'],
  ['subscription recurring', 'subscription_renewal'],
  ['recurring order', 'subscription_renewal'],
  ['subscription first order', 'subscription_first'],
  ['first subscription', 'subscription_first'],
  ['replacement', 'replacement'],
  ['exchange', 'exchange'],
  ['sample', 'sample'],
]);

/**
 * What kind of purchase an order is: renewals by source or tag, replacements and the like by tag, gift cards when nothing else was bought.
 *
 * @see docs/guides/webhooks.md (the tags)
 */
export const kindOf = (order: Pick<OrderPayload, 'source_name' | 'tags' | 'line_items'>): OrderKind => {
  if (renewalSources.has(order.source_name ?? '')) return 'subscription_renewal';
  for (const tag of shopifyTags(order.tags)) {
    const kind = kindByTag.get(tag.toLowerCase());
    if (kind) return kind;
  }
  const lines = order.line_items ?? [];
  return lines.length > 0 && lines.every((line) => line.gift_card === true) ? 'gift_card' : 'one_time';
};

const channelBySource: ReadonlyMap<string, OrderChannel> = new Map<string, OrderChannel>([
  ['pos', 'pos'],
  ['iphone', 'pos'],
  ['android', 'pos'],
  ['shopify_draft_order', 'draft'],
  ['amazon', 'marketplace'],
  ['amazon-us', 'marketplace'],
  ['ebay', 'marketplace'],
  ['etsy', 'marketplace'],
  ['walmart', 'marketplace'],
  ['tiktok', 'marketplace'],
]);

/** Where an order came from; an order of a company is business whatever its source, an unknown source (an app's number) is online. */
export const channelOf = (order: Pick<OrderPayload, 'source_name' | 'company'>): OrderChannel =>
  order.company?.id ? 'b2b' : (channelBySource.get((order.source_name ?? '').toLowerCase()) ?? 'online');
