import type { Contact, RecentSend } from '../../../domain/customers/contact.ts';
import { type Attributes, listOf, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import type { ItemKey } from '../keys.ts';

/** Attribute names, for writers that update instead of put. */
export const contactNames = {
  version: 'n',
  optedOutAt: 'o',
  complainedAt: 'c',
  suppressedAt: 's',
  suppressedBy: 'b',
  liftedAt: 'l',
  erasedAt: 'er',
  lastClickAt: 'lc',
  confirmed: 'cf',
  topicsOff: 'to',
  monthlySince: 'mo',
  chosenAt: 'ch',
} as const;

export const confirmedShape = shape<NonNullable<Contact['confirmed']>>({ statement: ['s', text], at: ['a', number] });

const contactItem = itemOf(
  'CONTACT',
  shape<Omit<Contact, 'sends'>>({
    version: [contactNames.version, number],
    optedOutAt: [contactNames.optedOutAt, number, 'optional'],
    complainedAt: [contactNames.complainedAt, number, 'optional'],
    suppressedAt: [contactNames.suppressedAt, number, 'optional'],
    suppressedBy: [contactNames.suppressedBy, oneOf(['bounce', 'complaint', 'operator']), 'optional'],
    liftedAt: [contactNames.liftedAt, number, 'optional'],
    erasedAt: [contactNames.erasedAt, number, 'optional'],
    lastClickAt: [contactNames.lastClickAt, number, 'optional'],
    confirmed: [contactNames.confirmed, confirmedShape, 'optional'],
    topicsOff: [contactNames.topicsOff, listOf(text), 'optional'],
    monthlySince: [contactNames.monthlySince, number, 'optional'],
    chosenAt: [contactNames.chosenAt, number, 'optional'],
  }),
);

/** Each recent send is an attribute of its own, so that one can be given back by a REMOVE that cannot fail. */
const slotPrefix = 'm:';
export const slotName = (sendId: string): string => slotPrefix + sendId;

const byTime = (a: RecentSend, b: RecentSend): number => a.at - b.at || (a.sendId < b.sendId ? -1 : 1);

export const writeContact = (key: ItemKey, { sends, ...rest }: Contact): Attributes =>
  contactItem.write(
    key,
    rest,
    Object.fromEntries(sends.map(({ sendId, at }) => [slotName(sendId), number.encode(at)])),
  );

export const readContact = (item: Attributes): Contact => {
  const rest = contactItem.read(item);
  const slots = Object.keys(item).filter((name) => name.startsWith(slotPrefix));
  const sends = slots.map((name) => ({ sendId: name.slice(slotPrefix.length), at: number.decode(item[name], name) }));
  return { ...rest, sends: sends.sort(byTime) };
};
