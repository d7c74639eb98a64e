/** Ids of the size Shopify hands out today; all below 2^53, so that plain JSON numbers carry them exactly. */
export const shopifyId = {
  customer: (personNumber: number): number => 7_203_400_000_000 + personNumber * 32_771,
  order: (orderNumber: number): number => 5_918_200_000_000 + orderNumber * 32_771,
  refund: (orderNumber: number): number => 901_500_000_000 + orderNumber * 32_771,
  line: (orderNumber: number, index: number): number => 14_870_000_000_000 + orderNumber * 512 + index,
} as const;
