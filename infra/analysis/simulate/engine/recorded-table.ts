import { isDeepStrictEqual } from 'node:util';
import { type MemoryTable, memoryTable, type Row } from '../../../../shared/adapters/memory/memory-table.ts';
import type { DurationMs, EpochMs } from '../../../../shared/domain/time.ts';

/** One committed write, with the image before it. */
export type Commit = Readonly<{ seq: number; at: EpochMs; name: string; before?: Row; after: Row }>;

/** The table, with everything that was ever committed, and readers that may be behind. */
export type RecordedTable = MemoryTable &
  Readonly<{
    commits: readonly Commit[];
    /** What reads while it runs sees the table and its indexes as they were so long ago. */
    behind<T>(by: DurationMs, read: () => T): T;
  }>;

const nameOf = ({ pk, sk }: Row['key']): string => `${pk}|${sk}`;

export const recordedTable = (now: () => EpochMs, onCommit: (commit: Commit) => void): RecordedTable => {
  const table = memoryTable({ dueShards: 2 });
  const commits: Commit[] = [];
  const rows = new Map<string, Row>();
  let lag = 0;
  const rowThen = (name: string): Row | undefined =>
    commits.findLast((commit) => commit.name === name && commit.at <= now() - lag)?.after;
  return {
    ...table,
    commits,
    behind(by, read) {
      lag = by;
      try {
        return read();
      } finally {
        lag = 0;
      }
    },
    get: (entity, key) => {
      if (lag === 0) return table.get(entity, key);
      const row = rowThen(nameOf(key));
      // Sound: a name is written by one entity alone, each with its own value type.
      return row?.entity === entity ? (row.value as ReturnType<typeof table.get<typeof entity>>) : undefined;
    },
    put: (entity, key, value, due) => {
      const name = nameOf(key);
      const before = rows.get(name);
      table.put(entity, key, value, due);
      const after = table.partition(key.pk).find((row) => row.key.sk === key.sk);
      if (after === undefined) return;
      rows.set(name, after);
      const commit = { seq: commits.length, at: now(), name, after, ...(before && { before }) };
      commits.push(commit);
      // A write that changes nothing leaves no stream record.
      if (!isDeepStrictEqual(before, after)) onCommit(commit);
    },
    rows: () => (lag === 0 ? table.rows() : rowsThen(commits, now() - lag)),
    due: () => (lag === 0 ? table.due() : dueThen(commits, now() - lag)),
  };
};

const rowsThen = (commits: readonly Commit[], then: EpochMs): Iterable<Row> => {
  const rows = new Map<string, Row>();
  for (const { at, name, after } of commits) {
    if (at > then) break;
    rows.set(name, after);
  }
  return rows.values();
};

const dueThen = (commits: readonly Commit[], then: EpochMs): Iterable<Row> => {
  const due = new Map<string, Row>();
  for (const { at, name, after } of commits) {
    if (at > then) break;
    if (after.due === undefined) due.delete(name);
    else due.set(name, after);
  }
  return due.values();
};
