import type { OrderKey, Source } from '../../shared/domain/orders/order.ts';
import type { StoreId } from '../../shared/domain/store.ts';

/** The order a row beside its customer stands for. Sound: rows are keyed by react, from orders of known sources. */
export const orderKeyOf = (store: StoreId, rowKey: string): OrderKey => {
  const split = rowKey.indexOf(':');
  return { store, source: rowKey.slice(0, split) as Source, orderId: rowKey.slice(split + 1) };
};
