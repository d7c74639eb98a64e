import type { Enrolment } from '../../shared/domain/campaigns/enrolment.ts';
import type { ConsentStatement } from '../../shared/domain/consent/statement.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { Visit } from '../../shared/domain/customers/visit.ts';
import type { Order } from '../../shared/domain/orders/order.ts';
import type { OrderRow } from '../../shared/domain/orders/order-row.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { days, hours } from '../../shared/domain/time.ts';

/** 2026-01-05T10:00:00Z. */
export const sampleNow = 1_767_607_200_000;

export const sampleCustomer = (over: Partial<Customer> = {}): Customer => ({
  store: 'demo',
  customerId: 'cPq8XyZ0aBcDeFgHiJkLmN',
  version: 1,
  firstSeenAt: sampleNow - days(400),
  experimentKey: over.customerId ?? 'cPq8XyZ0aBcDeFgHiJkLmN',
  generation: 0,
  identities: ['shopify:6423478534356', 'email:Zk3vXh1Jp0aQwErTyUiOpAsDfGhJkLzX'],
  profile: {
    email: 'ada.lovelace@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    locale: 'en-GB',
    country: 'GB',
    timeZone: 'Europe/London',
  },
  profileAt: sampleNow - hours(1),
  consent: { state: 'granted', at: sampleNow - days(380), basis: 'express', statement: 'aBcDeFgHiJkLmNoPqRsTuV' },
  history: {
    orders: 5,
    counted: 5,
    placed: 5,
    revenueMinor: 60_250,
    refundedMinor: 1_200,
    firstRevenueMinor: 0,
    grossMinor: 72_300,
    unconverted: 0,
    firstAt: sampleNow - days(380),
    lastAt: sampleNow - hours(1),
    previousAt: sampleNow - days(40),
    recent: [sampleNow - days(300), sampleNow - days(200), sampleNow - days(100), sampleNow - days(40)],
    lastPlacedAt: sampleNow - hours(1),
    deliveredAt: sampleNow - days(36),
    fresh: ['aBcDeFgHiJkLmNoPqRsTuV'],
  },
  stage: 'loyal',
  visit: 3,
  from: 'active',
  since: sampleNow - days(40),
  decidedAt: sampleNow - days(40),
  cause: 'order',
  causeOrder: 'shopify:5623478534356',
  wakeAt: sampleNow + days(94),
  decidedUnder: { lifecycle: 1, fit: 0 },
  ...over,
});

export const sampleOrder = (over: Partial<Order> = {}): Order => ({
  store: 'demo',
  source: 'shopify',
  orderId: '5623478534356',
  status: 'paid',
  kind: 'one_time',
  channel: 'online',
  currency: 'GBP',
  totalMinor: 12_050,
  refundedMinor: 0,
  taxMinor: 2_008,
  shippingMinor: 0,
  test: false,
  placedAt: sampleNow - hours(1),
  updatedAt: sampleNow - hours(1),
  discounts: [{ code: 'WB-7Q2M', amountMinor: 1_200 }],
  customer: {
    externalId: '6423478534356',
    email: 'ada.lovelace@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    locale: 'en-GB',
    country: 'GB',
    consent: { state: 'granted', at: sampleNow - days(380), basis: 'express', source: 'checkout' },
  },
  lines: [{ sku: 'MUG-1', name: 'Mug', category: 'kitchen', quantity: 2, priceMinor: 6_025 }],
  linesDropped: 0,
  ...over,
});

export const sampleRow = (over: Partial<OrderRow> = {}): OrderRow => ({
  key: 'shopify:5623478534356',
  version: '001767607200000.03.000000000000.aBcDeFgHiJk',
  status: 'paid',
  kind: 'one_time',
  channel: 'online',
  test: false,
  placedAt: sampleNow - hours(1),
  totalMinor: 12_050,
  refundedMinor: 0,
  besidesMinor: 2_008,
  ...over,
});

export const sampleVisit = (over: Partial<Visit> = {}): Visit => ({
  visit: 1,
  stage: 'new',
  effectiveAt: sampleNow - hours(1),
  decidedAt: sampleNow,
  cause: 'order',
  causeOrder: 'shopify:5623478534356',
  decidedUnder: { lifecycle: 1, fit: 0 },
  ...over,
});

export const sampleStatement = (over: Partial<ConsentStatement> = {}): ConsentStatement => ({
  id: 'aBcDeFgHiJkLmNoPqRsTuV',
  purpose: 'marketing',
  state: 'granted',
  basis: 'express',
  source: 'checkout',
  at: sampleNow - days(1),
  recordedAt: sampleNow,
  ...over,
});

export const sampleEnrolment = (over: Partial<Enrolment> = {}): Enrolment => ({
  campaign: 'welcome',
  version: 1,
  occurrence: '1',
  arm: 'mailed',
  enrolledAt: sampleNow,
  goalUntil: sampleNow + days(60),
  startedBy: 'shopify:5623478534356',
  status: 'running',
  ...over,
});

export const sampleSend = (over: Partial<Send> = {}): Send => ({
  sendId: 'sAbCdEfGhIjKlMnOpQrStU',
  store: 'demo',
  customerId: 'cPq8XyZ0aBcDeFgHiJkLmN',
  campaign: 'welcome',
  campaignVersion: 1,
  step: 'hello',
  template: 'welcome',
  occurrence: '1',
  class: 'marketing',
  priority: 70,
  byOwnAct: false,
  createdAt: sampleNow,
  plannedAt: sampleNow + days(7),
  notAfterMs: days(7),
  dueAt: sampleNow + days(7),
  attempt: 0,
  version: 1,
  state: { status: 'pending' },
  feedback: {},
  ...over,
});
