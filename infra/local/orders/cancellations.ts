import type { HistoryOrder, HistoryRefund, RevenueCorrection } from './history.ts';

/** What an order still has that can be given back; its pieces are counted when somebody gives something back. */
type Open = { order: HistoryOrder; refundedMinor: number; pieces?: Map<string, number> };

const piecesOf = (open: Open): Map<string, number> => {
  open.pieces ??= counted(open.order.lines);
  return open.pieces;
};

const counted = (lines: HistoryOrder['lines']): Map<string, number> => {
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of lines) if (sku !== undefined) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return pieces;
};

type GiveBack = { sku: string | undefined; pieces: number; amountMinor: number };

/** Takes as much of the line off one order as it still holds; returns the money taken. */
const takeOff = (open: Open, line: GiveBack): number => {
  const held = line.sku === undefined ? 0 : (piecesOf(open).get(line.sku) ?? 0);
  const pieces = Math.min(held, line.pieces);
  if (pieces <= 0 || line.sku === undefined) return 0;
  const share = Math.round((line.amountMinor * pieces) / line.pieces);
  const taken = Math.min(share, open.order.totalMinor - open.refundedMinor);
  piecesOf(open).set(line.sku, held - pieces);
  open.refundedMinor += taken;
  line.pieces -= pieces;
  line.amountMinor -= taken;
  return taken;
};

/** One negative invoice against the customer's earlier orders, latest first. */
const settle = (invoice: HistoryOrder, earlier: readonly Open[]): { touched: Set<Open>; leftMinor: number } => {
  const touched = new Set<Open>();
  let leftMinor = 0;
  for (const { sku, quantity, amountMinor } of invoice.lines) {
    const line: GiveBack = { sku, pieces: Math.max(-quantity, 1), amountMinor: -amountMinor };
    for (let index = earlier.length - 1; index >= 0 && line.amountMinor > 0 && line.pieces > 0; index -= 1) {
      const open = earlier[index];
      if (open !== undefined && takeOff(open, line) > 0) touched.add(open);
    }
    leftMinor += line.amountMinor;
  }
  return { touched, leftMinor };
};

/**
 * Makes of each negative invoice refunds of the customer's latest earlier orders that hold the SKU, and of what is
 * left a correction of revenue that counts as no order.
 *
 * @param invoices Everything the file holds, oldest first.
 */
export const applyCancellations = (
  invoices: readonly HistoryOrder[],
): Readonly<{ orders: HistoryOrder[]; refunds: HistoryRefund[]; corrections: RevenueCorrection[] }> => {
  const open = new Map<string, Open[]>();
  const orders: HistoryOrder[] = [];
  const refunds: HistoryRefund[] = [];
  const corrections: RevenueCorrection[] = [];
  for (const invoice of invoices) {
    const { customerId, refundedMinor } = invoice;
    const earlier = customerId === undefined ? [] : (open.get(customerId) ?? []);
    if (invoice.totalMinor >= 0) {
      orders.push(invoice);
      earlier.push({ order: invoice, refundedMinor });
      if (customerId !== undefined) open.set(customerId, earlier);
      continue;
    }
    const { touched, leftMinor } = settle(invoice, earlier);
    for (const { order, refundedMinor } of touched)
      refunds.push({ orderId: order.orderId, invoice: invoice.orderId, at: invoice.placedAt, refundedMinor });
    if (leftMinor !== 0) corrections.push(correctionOf(invoice, leftMinor));
  }
  return { orders, refunds, corrections };
};

const correctionOf = (invoice: HistoryOrder, leftMinor: number): RevenueCorrection => ({
  invoice: invoice.orderId,
  ...(invoice.customerId === undefined ? {} : { customerId: invoice.customerId }),
  at: invoice.placedAt,
  amountMinor: -leftMinor,
});
