import { describe, expect, it } from 'vitest';
import { sampleShop } from '../../../infra/local/shop/sample-shop.ts';
import type { Act, ReceivedMail } from '../../../infra/local/start/play/script.ts';

const to = Date.parse('2026-11-20T12:00:00Z');
const from = Date.parse('2024-11-20T12:00:00Z');
const options = { seed: 7, customers: 1_000, from, to, codes: ['HARBOUR10'] };

type Webhook = Extract<Act, { type: 'webhook' }>;
const isWebhook = (act: Act): act is Webhook => act.type === 'webhook';
const play = (seed: number): readonly Act[] => sampleShop({ ...options, seed }).take(to);
const orders = (acts: readonly Act[]): readonly Webhook[] =>
  acts.filter(isWebhook).filter(({ delivery }) => /^orders?[/.]create/.test(delivery.topic));
const unique = (acts: readonly Webhook[]): readonly Webhook[] => [
  ...new Map(acts.map((act) => [act.delivery.id, act])).values(),
];

const mailTo = (to: string, id: string, text = ''): ReceivedMail => ({
  id,
  at: from + 86_400_000,
  to,
  subject: '',
  headers: { 'List-Unsubscribe': '<http://127.0.0.1:1/u/token>' },
  text,
  tags: { campaign: 'loyalty-reward' },
});

describe('the sample shop', () => {
  it('is the same for a seed, another for another', () => {
    expect(play(7)).toEqual(play(7));
    expect(play(8)).not.toEqual(play(7));
  });

  it('has about a thousand customers and some 1,300 orders or more before any mail works', () => {
    const counts = [1, 2, 3, 4].map((seed) => unique(orders(play(seed))).length);
    for (const count of counts) expect(count).toBeGreaterThan(1_250);
    for (const count of counts) expect(count).toBeLessThan(1_700);
  });

  it('has one-time buyers and regulars: far more spread than one shared rhythm would give', () => {
    const perBuyer = new Map<string, number>();
    for (const { chain } of unique(orders(play(7)))) perBuyer.set(chain, (perBuyer.get(chain) ?? 0) + 1);
    const counts = [...perBuyer.values()];
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(variance / mean).toBeGreaterThan(1.5);
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.6);
    expect(counts.filter((count) => count >= 6).length).toBeGreaterThan(15);
  });

  it('repeats some deliveries exactly, and lets some updates overtake their order', () => {
    const webhooks = play(7).filter(isWebhook);
    const repeats = webhooks.length - unique(webhooks).length;
    expect(repeats).toBeGreaterThan(25);
    expect(repeats).toBeLessThan(80);
    const firstOfOrder = new Map<unknown, string>();
    for (const { delivery } of webhooks) {
      const key = /^orders\//.test(delivery.topic) ? parsed(delivery.body)['id'] : undefined;
      if (key !== undefined && !firstOfOrder.has(key)) firstOfOrder.set(key, delivery.topic);
    }
    const overtaken = [...firstOfOrder.values()].filter((topic) => topic !== 'orders/create').length;
    expect(overtaken).toBeGreaterThan(5);
  });

  it('sends guests without a customer who have one later', () => {
    const bodies = orders(play(7))
      .filter(({ delivery }) => delivery.source === 'shopify')
      .map(({ delivery }) => parsed(delivery.body));
    const guests = new Set(bodies.filter((body) => body['customer'] === null).map((body) => body['email']));
    const known = new Set(bodies.filter((body) => body['customer'] !== null).map((body) => body['email']));
    expect([...guests].filter((email) => known.has(email)).length).toBeGreaterThan(20);
  });

  it('asks for consent at checkout and gets it from about 70 of 100', () => {
    const firstOf = new Map<unknown, boolean>();
    for (const { delivery } of orders(play(7)).filter(({ delivery }) => delivery.source === 'shopify')) {
      const body = parsed(delivery.body);
      if (!firstOf.has(body['email'])) firstOf.set(body['email'], body['buyer_accepts_marketing'] === true);
    }
    const share = [...firstOf.values()].filter(Boolean).length / firstOf.size;
    expect(share).toBeGreaterThan(0.62);
    expect(share).toBeLessThan(0.78);
  });

  it('keeps the money of an order consistent', () => {
    for (const { delivery } of orders(play(7)).filter(({ delivery }) => delivery.source === 'shopify')) {
      const body = parsed(delivery.body);
      const total = Number(body['total_price']) * 100;
      const parts = Number(body['total_line_items_price']) * 100 - Number(body['total_discounts']) * 100;
      expect([0, 395]).toContain(Math.round(total - parts));
      expect(total).toBeGreaterThan(0);
    }
  });

  it("reacts to mail by its own coin: orders with the code shown, clicks, and unsubscribes at the mail's own address", () => {
    const shop = sampleShop({ ...options, customers: 1_000 });
    const emails = new Set<string>();
    for (const { delivery } of orders(shop.take(from + 300 * 86_400_000))) {
      const body = parsed(delivery.body);
      if (typeof body['email'] === 'string') emails.add(body['email']);
    }
    for (const email of emails) {
      for (let nth = 0; nth < 6; nth += 1) shop.receive(mailTo(email, `${email}-${nth}`, 'use HARBOUR10 at the till'));
    }
    const acts = shop.take(to);
    const withCode = orders(acts).filter(({ delivery }) => delivery.body.includes('HARBOUR10'));
    expect(withCode.length).toBeGreaterThan(20);
    expect(acts.filter(({ type }) => type === 'mail-event').length).toBeGreaterThan(50);
    expect(acts.find(({ type }) => type === 'unsubscribe')).toMatchObject({ url: 'http://127.0.0.1:1/u/token' });
  });

  it('never acts before its beginning or after its end', () => {
    for (const { at } of play(7)) {
      expect(at).toBeGreaterThanOrEqual(from);
      expect(at).toBeLessThanOrEqual(to);
    }
  });
});

const parsed = (body: string): Record<string, unknown> => JSON.parse(body);
