import type { OrderLine } from '../orders/order.ts';

/** Room for lines within an item of 64 KB, the rest of the order beside them. */
const lineBytes = 48 * 1024;

const encoder = new TextEncoder();
const sizeOf = (line: OrderLine): number => encoder.encode(JSON.stringify(line)).length + 1;

// Pieces of one SKU may have different prices; the sum of money stays within half a minor unit a piece.
const joined = (a: OrderLine, b: OrderLine): OrderLine => {
  const quantity = a.quantity + b.quantity;
  const sum = a.quantity * a.priceMinor + b.quantity * b.priceMinor;
  return { ...a, quantity, priceMinor: quantity === 0 ? a.priceMinor : Math.round(sum / quantity) };
};

/**
 * Lines as they are kept: one for each SKU, in order of appearance, as many as fit the item.
 *
 * @returns `linesDropped` counts the SKUs that did not fit.
 */
export const fitLines = (
  lines: readonly OrderLine[],
): Readonly<{ lines: readonly OrderLine[]; linesDropped: number }> => {
  const bySku = new Map<string, OrderLine>();
  for (const line of lines) {
    const there = bySku.get(line.sku);
    bySku.set(line.sku, there ? joined(there, line) : line);
  }
  let room = lineBytes;
  const kept: OrderLine[] = [];
  for (const line of bySku.values()) {
    room -= sizeOf(line);
    if (room < 0) break;
    kept.push(line);
  }
  return { lines: kept, linesDropped: bySku.size - kept.length };
};
