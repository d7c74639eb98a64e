import * as fc from 'fast-check';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { ConsentClaim, CustomerSnapshot, Profile } from '../../shared/domain/customers/profile.ts';
import type { OrderHistory } from '../../shared/domain/facts/order-history.ts';
import type { CustomerEvent } from '../../shared/domain/intake/intake.ts';
import { causes } from '../../shared/domain/lifecycle/cause.ts';
import {
  type Order,
  type OrderLine,
  orderChannels,
  orderKinds,
  orderStatuses,
} from '../../shared/domain/orders/order.ts';
import type { OrderRow } from '../../shared/domain/orders/order-row.ts';
import { type Feedback, reasons, type Send, type SendState } from '../../shared/domain/sends/send.ts';

const integer = fc.maxSafeInteger();
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const texts = fc.array(text, { maxLength: 4 });
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,22}$/);
const outsideId = fc.string({ minLength: 1 });
const store = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const yes = fc.boolean();
const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const source = oneOf('shopify', 'standard');

type Parts<T> = { [P in keyof T]-?: fc.Arbitrary<Exclude<T[P], undefined>> };
/** All fields, but those of `optional` only sometimes, and then never `undefined`. */
const some = <T extends object>(fields: Parts<T>, optional: readonly (keyof T & string)[]): fc.Arbitrary<T> => {
  const requiredKeys = Object.keys(fields).filter((key) => !optional.some((name) => name === key));
  // fast-check cannot follow computed names; the parts are checked against T above.
  return fc.record(fields, { requiredKeys: requiredKeys as (keyof T & string)[] }) as unknown as fc.Arbitrary<T>;
};

const basis = oneOf('express', 'soft', 'implied');
const consentState = oneOf('granted', 'withdrawn');
const claim: fc.Arbitrary<ConsentClaim> = fc.record({ state: consentState, at: instant, basis, source: text });
const person = {
  email: text,
  firstName: text,
  lastName: text,
  locale: text,
  country: text,
  province: text,
  timeZone: text,
  tags: texts,
};
/** A body that names `__proto__` is refused at the door. */
const propertyName = text.filter((name) => name !== '__proto__');

const personNames = ['email', 'firstName', 'lastName', 'locale', 'country', 'province', 'timeZone', 'tags'] as const;
const profile = some<Profile>(person, personNames);
const snapshot = some<CustomerSnapshot>({ ...person, externalId: text, consent: claim }, [
  ...personNames,
  'externalId',
  'consent',
]);

const counts = { orders: integer, counted: integer, placed: integer, unconverted: integer };
const sums = { revenueMinor: integer, firstRevenueMinor: integer, refundedMinor: integer, grossMinor: integer };
const times = { firstAt: instant, lastAt: instant, previousAt: instant, lastPlacedAt: instant, deliveredAt: instant };
const history = some<OrderHistory>(
  {
    ...counts,
    ...sums,
    ...times,
    recent: fc.array(instant),
    fresh: texts,
    products: fc.record({ skus: texts, categories: texts }),
  },
  ['products', 'firstAt', 'lastAt', 'previousAt', 'lastPlacedAt', 'deliveredAt'],
);

export const anyCustomer = some<Customer>(
  {
    store,
    customerId: id,
    version: integer,
    firstSeenAt: instant,
    experimentKey: id,
    generation: integer,
    identities: texts,
    profile,
    profileAt: instant,
    consent: fc.record({ state: consentState, at: instant, basis, statement: text }),
    signals: fc.dictionary(propertyName, fc.record({ value: fc.oneof(text, integer, yes), at: instant }), {
      noNullPrototype: true,
    }),
    history,
    stage: text,
    visit: integer,
    from: text,
    since: instant,
    decidedAt: instant,
    cause: oneOf(...causes),
    causeOrder: text,
    wakeAt: instant,
    decidedUnder: fc.record({ lifecycle: integer, fit: integer }),
    aliases: texts,
    mergedInto: text,
    erasedAt: instant,
    forgottenUntil: instant,
    retoldAt: instant,
  },
  [
    'consent',
    'signals',
    'from',
    'causeOrder',
    'wakeAt',
    'aliases',
    'mergedInto',
    'erasedAt',
    'forgottenUntil',
    'retoldAt',
  ],
);

const line = some<OrderLine>(
  { sku: text, name: text, category: text, quantity: integer, priceMinor: integer, url: text, imageUrl: text },
  ['name', 'category', 'url', 'imageUrl'],
);
const kinds = {
  status: oneOf(...orderStatuses),
  kind: oneOf(...orderKinds),
  channel: oneOf(...orderChannels),
  test: yes,
};
export const anyOrder = some<Order>(
  {
    ...kinds,
    store,
    source,
    orderId: outsideId,
    currency: text,
    totalMinor: integer,
    refundedMinor: integer,
    taxMinor: integer,
    shippingMinor: integer,
    placedAt: instant,
    updatedAt: instant,
    deliveredAt: instant,
    discounts: fc.array(fc.record({ code: text, amountMinor: integer }), { maxLength: 3 }),
    customer: snapshot,
    lines: fc.array(line, { maxLength: 4 }),
    linesDropped: fc.nat(),
  },
  ['taxMinor', 'shippingMinor', 'deliveredAt', 'customer'],
);
const rowSums = { totalMinor: integer, refundedMinor: integer, besidesMinor: integer };
export const anyRow = some<OrderRow>(
  {
    ...kinds,
    ...rowSums,
    key: outsideId,
    version: text,
    placedAt: instant,
    deliveredAt: instant,
    skus: texts,
    categories: texts,
  },
  ['deliveredAt', 'totalMinor', 'skus', 'categories'],
);

const state: fc.Arbitrary<SendState> = fc.oneof(
  fc.record({ status: oneOf('pending') }),
  fc.record({ status: oneOf('sending'), leaseUntil: instant }),
  fc.record({ status: oneOf('unknown'), since: instant }),
  fc.record({ status: oneOf('sent'), sentAt: instant, messageId: text }),
  fc.record({ status: oneOf('skipped'), reason: oneOf(...reasons), closedAt: instant }),
  fc.record({ status: oneOf('failed'), reason: text, closedAt: instant }),
  fc.record({ status: oneOf('abandoned'), closedAt: instant }),
);
const told = {
  deliveredAt: instant,
  bouncedAt: instant,
  bounce: text,
  complainedAt: instant,
  clickedAt: instant,
  rejectedAt: instant,
};
const feedback = some<Feedback>(told, [
  'deliveredAt',
  'bouncedAt',
  'bounce',
  'complainedAt',
  'clickedAt',
  'rejectedAt',
]);
export const anySend = some<Send>(
  {
    sendId: id,
    store,
    customerId: id,
    campaign: text,
    campaignVersion: integer,
    step: text,
    template: text,
    occurrence: text,
    class: oneOf('marketing', 'transactional'),
    priority: integer,
    byOwnAct: yes,
    createdAt: instant,
    plannedAt: instant,
    notAfterMs: integer,
    dueAt: instant,
    attempt: integer,
    version: integer,
    state,
    feedback,
  },
  ['dueAt'],
);

const slots = fc.uniqueArray(fc.record({ sendId: id, at: instant }), {
  selector: ({ sendId }) => sendId,
  maxLength: 5,
});
const dates = {
  lastClickAt: instant,
  optedOutAt: instant,
  complainedAt: instant,
  suppressedAt: instant,
  liftedAt: instant,
  erasedAt: instant,
  monthlySince: instant,
  chosenAt: instant,
};
export const anyContact = some<Contact>(
  {
    ...dates,
    version: integer,
    suppressedBy: oneOf('bounce', 'complaint', 'operator'),
    sends: slots,
    confirmed: fc.record({ statement: text, at: instant }),
    topicsOff: texts,
  },
  [
    ...['optedOutAt', 'complainedAt', 'suppressedAt', 'suppressedBy', 'liftedAt', 'erasedAt', 'lastClickAt'],
    ...['confirmed', 'topicsOff', 'monthlySince', 'chosenAt'],
  ] as (keyof Contact & string)[],
);

type Erase = Extract<CustomerEvent['body'], { type: 'erase' }>;
const properties = fc.dictionary(propertyName, fc.oneof(text, integer, yes), { noNullPrototype: true });
const body: fc.Arbitrary<CustomerEvent['body']> = fc.oneof(
  fc.record({ type: oneOf('customer'), customer: snapshot }),
  fc.record({ type: oneOf('behaviour'), customer: snapshot, name: text, properties }),
  fc.record({ type: oneOf('merge'), keepExternalId: text, loseExternalId: text }),
  some<Erase>({ type: oneOf('erase'), externalId: text, email: text }, ['externalId', 'email']),
);
export const anyEvent = fc.record({ store, source, eventId: outsideId, at: instant, body });
