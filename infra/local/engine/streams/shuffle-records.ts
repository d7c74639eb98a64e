import type { StreamRecord } from './stream-record.ts';

/**
 * Another order a stream may be read in: that of one item's records, partition and sort key, is all that AWS keeps.
 * Each place is drawn anew, then every item's records fill its places in their own order.
 */
export const shuffled = (records: readonly StreamRecord[], random: () => number): StreamRecord[] => {
  const items = records.map(({ dynamodb }) => JSON.stringify(Object.entries(dynamodb.Keys).sort()));
  const queues = Map.groupBy(records, (_, i) => items[i] ?? '');
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] ?? '', items[i] ?? ''];
  }
  return items.flatMap((item) => queues.get(item)?.shift() ?? []);
};
