import type { Delivery } from './read-delivery.ts';

/** A header of Shopify's: webhook subscriptions send it with an `X-` before it, event subscriptions without. */
export const shopifyHeader = ({ headers }: Pick<Delivery, 'headers'>, name: string): string | undefined =>
  headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
