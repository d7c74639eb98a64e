import * as z from 'zod';
import type { DueEntry } from '../../shared/ports/due-index.ts';

/** Where a walk through the shards of one kind of due entries goes on. */
export type DuePlace = Readonly<{ shard: number; after?: DueEntry }>;

const entry = z.object({
  kind: z.literal('send'),
  dueAt: z.number(),
  store: z.string(),
  customerId: z.string(),
  item: z.string(),
});
const place = z.object({ shard: z.number().int().nonnegative(), after: entry.exactOptional() });

/** The place as it is kept between two minutes; absent = the beginning. */
export const entryAt = (kept: string | undefined): DuePlace =>
  kept === undefined ? { shard: 0 } : place.parse(JSON.parse(kept));

/** Behind the last entry of a shard's page, or at the next shard when the page was its last. */
export const placeOf = (shard: number, last: DueEntry | undefined): string =>
  JSON.stringify(last === undefined ? { shard: shard + 1 } : { shard, after: last });
