import type { ConsentState, Customer, DecidedUnder } from '../../../domain/customers/customer.ts';
import type { Profile } from '../../../domain/customers/profile.ts';
import type { Signals } from '../../../domain/customers/signals.ts';
import type { OrderHistory } from '../../../domain/facts/order-history.ts';
import { uniformOf } from '../../../domain/hash.ts';
import { causes } from '../../../domain/lifecycle/cause.ts';
import { type Attributes, flag, listOf, mapOf, number, oneOf, scalar, text } from '../codec/codec.ts';
import { corruptItem, type ItemCodec, itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { customerOfPk, customerPk, customerSk, rollPk, rollShard } from '../keys.ts';

/** Short attribute names: the item is written with every order and must stay under 1 KB. */
const profileShape = shape<Profile>({
  email: ['e', text, 'optional'],
  firstName: ['f', text, 'optional'],
  lastName: ['l', text, 'optional'],
  locale: ['lo', text, 'optional'],
  country: ['c', text, 'optional'],
  province: ['p', text, 'optional'],
  timeZone: ['z', text, 'optional'],
  tags: ['t', listOf(text), 'optional'],
});

const productsShape = shape<NonNullable<OrderHistory['products']>>({
  skus: ['s', listOf(text)],
  categories: ['c', listOf(text)],
});

const signalShape = shape<Signals[string]>({ value: ['v', scalar], at: ['a', number] });

const historyShape = shape<OrderHistory>({
  orders: ['o', number],
  counted: ['c', number],
  placed: ['p', number],
  revenueMinor: ['m', number],
  refundedMinor: ['r', number, { unless: 0 }],
  firstRevenueMinor: ['f1', number, { unless: 0 }],
  grossMinor: ['g', number],
  unconverted: ['u', number, { unless: 0 }],
  firstAt: ['f', number, 'optional'],
  lastAt: ['l', number, 'optional'],
  previousAt: ['b', number, 'optional'],
  recent: ['y', listOf(number)],
  products: ['pr', productsShape, 'optional'],
  lastPlacedAt: ['lp', number, 'optional'],
  deliveredAt: ['d', number, 'optional'],
  fresh: ['h', listOf(text)],
});

const consentShape = shape<ConsentState>({
  state: ['s', oneOf(['granted', 'pending', 'withdrawn'])],
  at: ['a', number],
  basis: ['b', oneOf(['express', 'soft', 'implied'])],
  claimedAt: ['ca', number, 'optional'],
  confirmed: ['cf', flag, 'optional'],
  statement: ['h', text],
});

export const decidedUnderShape = shape<DecidedUnder>({ lifecycle: ['l', number], fit: ['f', number] });

/** The experiment key is written only where it is not the customer's own id: after a merge. */
type Stored = Omit<Customer, 'store' | 'customerId' | 'experimentKey'> & Readonly<{ experimentKey?: string }>;

const customerItem: ItemCodec<Stored> = itemOf(
  'CUSTOMER',
  shape<Stored>({
    version: ['n', number],
    firstSeenAt: ['fs', number],
    experimentKey: ['x', text, 'optional'],
    generation: ['g', number, { unless: 0 }],
    identities: ['i', listOf(text)],
    profile: ['p', profileShape],
    profileAt: ['pa', number],
    consent: ['co', consentShape, 'optional'],
    signals: ['sg', mapOf(signalShape), 'optional'],
    history: ['h', historyShape],
    stage: ['stage', text],
    visit: ['vi', number],
    from: ['fr', text, 'optional'],
    since: ['si', number],
    decidedAt: ['da', number],
    cause: ['ca', oneOf(causes)],
    causeOrder: ['cr', text, 'optional'],
    wakeAt: ['w', number, 'optional'],
    decidedUnder: ['du', decidedUnderShape],
    aliases: ['al', listOf(text), 'optional'],
    mergedInto: ['mi', text, 'optional'],
    erasedAt: ['er', number, 'optional'],
    forgottenUntil: ['fu', number, 'optional'],
    retoldAt: ['rt', number, 'optional'],
  }),
);

/** Aliases and the erased are no customers any more: they leave the roll. */
const rollAttributes = ({ store, customerId, mergedInto, erasedAt, decidedUnder }: Customer): Attributes =>
  mergedInto !== undefined || erasedAt !== undefined
    ? {}
    : {
        rollPk: { S: rollPk(store, rollShard(customerId)) },
        rollSk: { S: customerId },
        lifecycle: { N: String(decidedUnder.lifecycle) },
        fit: { N: String(decidedUnder.fit) },
        sampleHash: { N: String(Math.floor(uniformOf(['sample', customerId]) * 10_000)) },
      };

/** The whole CUSTOMER item; `due` are its attributes in the due index. */
export const writeCustomer = (customer: Customer, due: Attributes = {}): Attributes => {
  const { store, customerId, experimentKey, ...rest } = customer;
  const key = { pk: customerPk(store, customerId), sk: customerSk.customer };
  const stored: Stored = experimentKey === customerId ? rest : { ...rest, experimentKey };
  return customerItem.write(key, stored, { ...rollAttributes(customer), ...due });
};

/** Reads a CUSTOMER item, or an image of one from the stream. */
export const readCustomer = (item: Attributes): Customer => {
  const owner = customerOfPk(item['pk']?.S ?? '');
  if (owner === undefined) throw corruptItem(item, 'pk');
  return { experimentKey: owner.customerId, ...customerItem.read(item), ...owner };
};
