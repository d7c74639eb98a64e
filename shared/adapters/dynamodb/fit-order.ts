import type { Order } from '../../domain/orders/order.ts';
import { attributeBytes, itemBytes } from './codec/item-size.ts';
import { lineShape, orderItem } from './items/order-item.ts';
import { orderItemKey } from './keys.ts';

const orderBudgetBytes = 64 * 1024;
/** What the version adds, and `linesDropped`. */
const reservedBytes = 256;

/** The order with the lines that fit into 64 KB; those that do not are counted. */
export const fitOrder = (order: Order): Order => {
  const bare = orderItem.write(orderItemKey(order), { ...order, lines: [], version: '' });
  let left = orderBudgetBytes - reservedBytes - itemBytes(bare);
  const kept = order.lines.findIndex((line) => {
    left -= 1 + attributeBytes(lineShape.encode(line));
    return left < 0;
  });
  if (kept === -1) return order;
  return { ...order, lines: order.lines.slice(0, kept), linesDropped: order.linesDropped + order.lines.length - kept };
};
