import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../../infra/analysis/backtest/people/people-of.ts';
import type { HistoryOrder } from '../../../infra/local/orders/history.ts';
import { mintCustomerId } from '../../../shared/domain/identity/identities.ts';

const order = (orderId: string, placedAt: number, who: Pick<HistoryOrder, 'customerId' | 'email'>): HistoryOrder => ({
  ...{ orderId, placedAt, currency: 'GBP', status: 'paid', totalMinor: 100, refundedMinor: 0, lines: [] },
  ...who,
});

const peopleIn = (orders: readonly HistoryOrder[]) => peopleOf({ orders, refunds: [] }, 'demo');

const anyWho = fc.record(
  {
    customerId: fc.constantFrom('1', '2', '3', '4'),
    email: fc.constantFrom('a@example.com', 'A@EXAMPLE.com', 'b@example.com', 'no address'),
  },
  { requiredKeys: [] },
);

describe('the people of a file', () => {
  it('hold every order of somebody once, each in order of time', () => {
    fc.assert(
      fc.property(fc.array(anyWho, { maxLength: 12 }), (whos) => {
        const orders = whos.map((who, n) => order(`o${n}`, n, who));
        const people = peopleIn(orders);
        const held = people.flatMap((person) => person.orders.map(({ orderId }) => orderId));
        const somebodys = orders.filter(
          ({ customerId, email }) => customerId !== undefined || (email !== undefined && email !== 'no address'),
        );
        expect([...held].sort()).toEqual(somebodys.map(({ orderId }) => orderId).sort());
        for (const { orders: theirs } of people)
          expect(theirs).toEqual(theirs.toSorted((a, b) => a.placedAt - b.placedAt));
      }),
    );
  });

  it('are one where they share an id or an address, through others too, and two where they share neither', () => {
    fc.assert(
      fc.property(fc.array(anyWho, { maxLength: 10 }), (whos) => {
        const orders = whos.map((who, n) => order(`o${n}`, n, who));
        const people = peopleIn(orders);
        const namesOf = ({ customerId, email = '' }: HistoryOrder): readonly string[] => [
          ...(customerId === undefined ? [] : [customerId]),
          ...(email.includes('@') ? [email.toLowerCase()] : []),
        ];
        const names = people.map((person) => new Set(person.orders.flatMap(namesOf)));
        for (const [n, mine] of names.entries())
          for (const others of names.slice(n + 1)) expect([...mine].filter((name) => others.has(name))).toEqual([]);
      }),
    );
    const joined = peopleIn([
      order('1', 1, { customerId: 'x', email: 'a@example.com' }),
      order('2', 2, { customerId: 'y', email: 'b@example.com' }),
      order('3', 3, { customerId: 'y', email: 'a@example.com' }),
    ]);
    expect(joined.map(({ id, orders }) => [id, orders.length])).toEqual([['x', 3]]);
  });

  it('are named as the system names whom it first sees by the id', () => {
    expect(peopleIn([order('1', 1, { customerId: 'c-7' })])[0]?.customerId).toBe(
      mintCustomerId('demo', 'standard:c-7'),
    );
  });

  it('have the refunds of their own orders only, oldest first', () => {
    const orders = [order('1', 1, { customerId: 'a' }), order('2', 2, { customerId: 'b' })];
    const refund = (orderId: string, at: number) => ({ orderId, at, invoice: `C${at}`, refundedMinor: at });
    const people = peopleOf({ orders, refunds: [refund('1', 9), refund('2', 6), refund('1', 5)] }, 'demo');
    expect(people.map(({ refunds }) => refunds.map(({ at }) => at))).toEqual([[5, 9], [6]]);
  });
});
