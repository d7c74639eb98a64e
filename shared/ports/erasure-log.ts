import type { LogEntry } from '../domain/restore/log-entry.ts';
import type { StoreId } from '../domain/store.ts';

/** A page of the log, by place; `next` is where the one behind it begins. */
export type LogPage = Readonly<{ entries: readonly LogEntry[]; next?: string }>;

/** What no restore may undo, kept outside the table that a restore replaces. Nothing is ever taken out of it. */
export interface ErasureLog {
  /** Joins an entry with what is known (`joinEntries`): in any order, any number of times. */
  note(entry: LogEntry): Promise<void>;
  /** Strongly consistent. */
  page(store: StoreId, options: Readonly<{ after?: string | undefined; limit: number }>): Promise<LogPage>;
  /** How many entries there are. */
  count(store: StoreId): Promise<number>;
}
