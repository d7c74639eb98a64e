import type {
  LogEntry,
  LoggedChoice,
  LoggedErasure,
  LoggedReasons,
  LoggedWithdrawal,
} from '../../../domain/restore/log-entry.ts';
import type { StoreId } from '../../../domain/store.ts';
import { type Attributes, listOf, number, oneOf, text } from '../codec/codec.ts';
import { corruptItem, itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { type ItemKey, storeOfPk, storePk } from '../keys.ts';

/*
 * The table `ErasureLog`, by access pattern:
 *
 * | access pattern                     | partition key | sort key                     |
 * |------------------------------------|---------------|------------------------------|
 * | an account that was erased         | S#{store}     | ERASURE#{customerId}         |
 * | an address that is not mailed      | S#{store}     | SUPPRESSION#{hmac(address)}  |
 * | what somebody no longer wants      | S#{store}     | WITHDRAWAL#{customerId}      |
 *
 * One partition takes 1,000 of these a second; `rev` counts the writes of an item.
 */

const choiceShape = shape<LoggedChoice>({
  topicsOff: ['topicsOff', listOf(text)],
  monthlySince: ['monthlySince', number, 'optional'],
  at: ['at', number],
});

const erasure = itemOf(
  'LOGGED_ERASURE',
  shape<Omit<LoggedErasure, 'type' | 'store' | 'customerId'>>({
    erasedAt: ['erasedAt', number],
    generation: ['generation', number],
    firstSeenAt: ['firstSeenAt', number],
    mergedInto: ['mergedInto', text, 'optional'],
    names: ['names', listOf(text)],
  }),
);
const reasonShape = shape<NonNullable<LoggedReasons['reason']>>({
  by: ['by', oneOf(['bounce', 'complaint', 'operator'])],
  at: ['at', number],
});
const suppression = itemOf(
  'LOGGED_SUPPRESSION',
  shape<LoggedReasons>({ reason: ['reason', reasonShape, 'optional'], erasedAt: ['erasedAt', number, 'optional'] }),
);
const withdrawal = itemOf(
  'LOGGED_WITHDRAWAL',
  shape<Omit<LoggedWithdrawal, 'type' | 'store' | 'customerId'>>({
    optedOutAt: ['optedOutAt', number, 'optional'],
    complainedAt: ['complainedAt', number, 'optional'],
    suppressedAt: ['suppressedAt', number, 'optional'],
    suppressedBy: ['suppressedBy', oneOf(['bounce', 'complaint', 'operator']), 'optional'],
    choice: ['choice', choiceShape, 'optional'],
    names: ['names', listOf(text)],
  }),
);

export const logKey = (entry: LogEntry): ItemKey => ({ pk: storePk(entry.store), sk: sortKeyOf(entry) });

const sortKeyOf = (entry: LogEntry): string => {
  if (entry.type === 'suppression') return `SUPPRESSION#${entry.addressHash}`;
  return `${entry.type === 'erasure' ? 'ERASURE' : 'WITHDRAWAL'}#${entry.customerId}`;
};

export const revision = number;

export const writeLogEntry = (entry: LogEntry, rev: number): Attributes => {
  const [key, extra] = [logKey(entry), { rev: revision.encode(rev) }];
  if (entry.type === 'erasure') return erasure.write(key, entry, extra);
  if (entry.type === 'suppression') return suppression.write(key, entry, extra);
  return withdrawal.write(key, entry, extra);
};

type ReadEntry = (item: Attributes, store: StoreId, id: string) => LogEntry;

const readers: Readonly<Record<string, ReadEntry>> = {
  ERASURE: (item, store, customerId) => ({ type: 'erasure', store, customerId, ...erasure.read(item) }),
  SUPPRESSION: (item, store, addressHash) => ({
    type: 'suppression',
    store,
    addressHash,
    ...suppression.read(item),
  }),
  WITHDRAWAL: (item, store, customerId) => ({ type: 'withdrawal', store, customerId, ...withdrawal.read(item) }),
};

export const readLogEntry = (item: Attributes): LogEntry => {
  const [, kind = '', id = ''] = /^([A-Z]+)#(.+)$/s.exec(item['sk']?.S ?? '') ?? [];
  const store = storeOfPk(item['pk']?.S ?? '');
  const read = readers[kind];
  if (store === undefined || read === undefined) throw corruptItem(item, 'sk');
  return read(item, store, id);
};
