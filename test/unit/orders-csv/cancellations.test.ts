import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCancellations } from '../../../infra/local/orders/cancellations.ts';
import type { HistoryOrder } from '../../../infra/local/orders/history.ts';

const line = fc.record({
  sku: fc.constantFrom('A', 'B', 'C'),
  quantity: fc.integer({ min: 1, max: 5 }),
  price: fc.integer({ min: 1, max: 900 }),
});
const invoice = fc.record({
  back: fc.boolean(),
  customer: fc.constantFrom('1', '2', undefined),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
});

const invoicesOf = (
  drafts: readonly Readonly<{
    back: boolean;
    customer: string | undefined;
    lines: readonly Readonly<{ sku: string; quantity: number; price: number }>[];
  }>[],
): HistoryOrder[] =>
  drafts.map(({ back, customer, lines }, index) => {
    const sign = back ? -1 : 1;
    const signed = lines.map(({ sku, quantity, price }) => ({
      sku,
      quantity: sign * quantity,
      amountMinor: sign * quantity * price,
    }));
    return {
      orderId: `${back ? 'C' : ''}${index}`,
      ...(customer === undefined ? {} : { customerId: customer }),
      placedAt: index * 1_000,
      currency: 'GBP',
      status: 'paid',
      totalMinor: signed.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      refundedMinor: 0,
      lines: signed,
    };
  });

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

describe('negative invoices', () => {
  it('neither make nor lose a penny, and never give back more than an order was worth', () => {
    fc.assert(
      fc.property(fc.array(invoice, { maxLength: 12 }), (drafts) => {
        const invoices = invoicesOf(drafts);
        const { orders, refunds, corrections } = applyCancellations(invoices);
        const final = new Map(refunds.map(({ orderId, refundedMinor }) => [orderId, refundedMinor]));
        const kept = sum(orders.map(({ orderId, totalMinor }) => totalMinor - (final.get(orderId) ?? 0)));
        expect(kept + sum(corrections.map(({ amountMinor }) => amountMinor))).toBe(
          sum(invoices.map(({ totalMinor }) => totalMinor)),
        );
        for (const { orderId, totalMinor } of orders) expect(final.get(orderId) ?? 0).toBeLessThanOrEqual(totalMinor);
      }),
    );
  });

  it("refund the same customer's earlier orders only, and say so in growing amounts", () => {
    fc.assert(
      fc.property(fc.array(invoice, { maxLength: 12 }), (drafts) => {
        const invoices = invoicesOf(drafts);
        const byId = new Map(invoices.map((each) => [each.orderId, each]));
        const soFar = new Map<string, number>();
        for (const { orderId, invoice: by, at, refundedMinor } of applyCancellations(invoices).refunds) {
          const order = byId.get(orderId);
          expect(order?.customerId).toBe(byId.get(by)?.customerId);
          expect(order?.placedAt).toBeLessThan(at);
          expect(refundedMinor).toBeGreaterThan(soFar.get(orderId) ?? 0);
          soFar.set(orderId, refundedMinor);
        }
      }),
    );
  });

  it('take the latest order that holds the SKU first, then the one before', () => {
    const orders = invoicesOf([
      { back: false, customer: '1', lines: [{ sku: 'A', quantity: 2, price: 100 }] },
      { back: false, customer: '1', lines: [{ sku: 'A', quantity: 1, price: 100 }] },
      { back: true, customer: '1', lines: [{ sku: 'A', quantity: 2, price: 100 }] },
    ]);
    const { refunds, corrections } = applyCancellations(orders);
    expect(refunds.map(({ orderId, refundedMinor }) => [orderId, refundedMinor])).toEqual([
      ['1', 100],
      ['0', 100],
    ]);
    expect(corrections).toEqual([]);
  });

  it('correct revenue, and count as no order, when nothing earlier holds the SKU', () => {
    const { orders, refunds, corrections } = applyCancellations(
      invoicesOf([
        { back: false, customer: '1', lines: [{ sku: 'A', quantity: 1, price: 100 }] },
        { back: true, customer: '1', lines: [{ sku: 'B', quantity: 1, price: 70 }] },
        { back: true, customer: undefined, lines: [{ sku: 'A', quantity: 1, price: 50 }] },
      ]),
    );
    expect(orders).toHaveLength(1);
    expect(refunds).toEqual([]);
    expect(corrections.map(({ amountMinor }) => amountMinor)).toEqual([-70, -50]);
  });
});
