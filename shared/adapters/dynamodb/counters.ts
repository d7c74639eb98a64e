import { type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { CustomerId } from '../../domain/customers/customer.ts';
import { hourOf } from '../../domain/pace/mail-health.ts';
import type { StoreId } from '../../domain/store.ts';
import { days, type EpochMs, hours, parseInstant, utcDay } from '../../domain/time.ts';
import type { MailHealth } from '../../ports/breakers.ts';
import type { Counters } from '../../ports/store-settings.ts';
import { type CounterMove, healthCounter, hourCounts } from '../counter-moves.ts';
import type { Attributes } from './codec/codec.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { getMany } from './get-many.ts';
import { counterKey, counterShard } from './keys.ts';
import type { ShardedTable } from './table.ts';

/** Counts are attributes named after what they count, behind a prefix no other attribute has. */
const countPrefix = 'n:';

const sameDay = (moves: readonly CounterMove[]): readonly (readonly CounterMove[])[] => [
  ...Map.groupBy(moves, ({ what, day }) => `${what}#${day}`).values(),
];

const counterUpdate = (
  table: ShardedTable,
  store: StoreId,
  customerId: CustomerId,
  moves: readonly CounterMove[],
): TransactWriteItem => {
  const shard = counterShard(customerId, table.counterShards);
  const [{ what, day } = { what: '', day: '' }] = moves;
  const { entity, v } = identityAttributes('COUNT');
  return {
    Update: {
      TableName: table.name,
      Key: keyAttributes(counterKey(store, what, day, shard)),
      UpdateExpression: `SET #entity = :entity, #v = :v ADD ${moves.map((_, i) => `#n${i} :n${i}`).join(', ')}`,
      ExpressionAttributeNames: {
        '#entity': 'entity',
        '#v': 'v',
        ...Object.fromEntries(moves.map(({ name }, i) => [`#n${i}`, countPrefix + name])),
      },
      ExpressionAttributeValues: {
        ':entity': entity,
        ':v': v,
        ...Object.fromEntries(moves.map(({ by }, i) => [`:n${i}`, { N: String(by) }])),
      },
    },
  };
};

/** Items of a transaction that move counters: one update for each counter and day. */
export const counterUpdates = (
  table: ShardedTable,
  store: StoreId,
  customerId: CustomerId,
  moves: readonly CounterMove[],
): readonly TransactWriteItem[] => sameDay(moves).map((group) => counterUpdate(table, store, customerId, group));

/** Moves one counter outside any transaction. */
export const countMove = async (
  table: ShardedTable,
  store: StoreId,
  customerId: CustomerId,
  move: CounterMove | undefined,
): Promise<void> => {
  if (move === undefined) return;
  for (const { Update } of counterUpdates(table, store, customerId, [move]))
    if (Update !== undefined) await table.client.send(new UpdateItemCommand(Update));
};

const dayStart = (day: string): EpochMs => parseInstant(`${day}T00:00:00Z`) ?? Number.NaN;

const daysBetween = (fromDay: string, toDay: string): readonly string[] => {
  const found: string[] = [];
  for (let at = dayStart(fromDay); at <= dayStart(toDay); at += days(1)) found.push(utcDay(at));
  return found;
};

const countsOf = (item: Attributes): readonly (readonly [name: string, count: number])[] =>
  Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(countPrefix) ? [[name.slice(countPrefix.length), Number(value.N)] as const] : [],
  );

type Sums = Awaited<ReturnType<Counters['read']>>;

type Asked = Readonly<{ store: StoreId; what: string; rows: readonly string[]; consistent?: boolean }>;

const readRows = async (table: ShardedTable, { store, what, rows, consistent = false }: Asked): Promise<Sums> => {
  const shards = Array.from({ length: table.counterShards }, (_, shard) => shard);
  const keys = rows.flatMap((day) => shards.map((s) => counterKey(store, what, day, s)));
  const sums = new Map<string, Map<string, number>>();
  await getMany(table, keys, { consistent }, (item) =>
    addTo(sums, (item['pk']?.S ?? '').split('#').at(-2) ?? '', countsOf(item)),
  );
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, counts]) => ({ day, counts: Object.fromEntries(counts) }));
};

export const dynamoCounters = (table: ShardedTable): Counters => ({
  read: (store, what, fromDay, toDay) => readRows(table, { store, what, rows: daysBetween(fromDay, toDay) }),
});

const hoursBetween = (from: EpochMs, to: EpochMs): readonly string[] => {
  const found: string[] = [];
  for (let at = from; hourOf(at) <= hourOf(to); at += hours(1)) found.push(hourOf(at));
  return found;
};

/** A week is 169 hours of each shard: read only when there is bad news, which is rare. */
export const dynamoMailHealth = (table: ShardedTable): MailHealth => ({
  async read(store, from, to) {
    // What was counted a moment ago decides: the news that asks is among it.
    const asked = { store, what: healthCounter, rows: hoursBetween(from, to), consistent: true };
    const rows = await readRows(table, asked);
    return rows.map(({ day: hour, counts }) => hourCounts(hour, counts));
  },
});

const addTo = (
  sums: Map<string, Map<string, number>>,
  day: string,
  counts: readonly (readonly [string, number])[],
): void => {
  const sum = sums.get(day) ?? new Map<string, number>();
  for (const [name, count] of counts) sum.set(name, (sum.get(name) ?? 0) + count);
  sums.set(day, sum);
};
