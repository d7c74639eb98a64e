import { type DurationMs, days, type EpochMs, minutes, seconds } from '../../../../shared/domain/time.ts';
import { chanceOf } from '../engine/chance.ts';
import { type Invocation, invoke, type Machine } from '../engine/invocation.ts';
import type { Commit } from '../engine/recorded-table.ts';

/** One consumer of the table's stream: order is kept within an item and nowhere else, and every batch may come again. */
export type Stream = Readonly<{
  add(commit: Commit): void;
  open(): number;
  /** Records given up after five retries, with their payload. */
  parked: readonly Commit[];
  redrive(isOfUse: (commit: Commit) => boolean): void;
  /** Records that grew too old before anybody read them. */
  trimmed: readonly Commit[];
  /** Its reader stands still until then; what has grown older than the stream keeps by that time is gone. */
  standStill(until: EpochMs): void;
}>;

export type StreamOptions = Readonly<{
  name: string;
  timeoutMs: DurationMs;
  work(invocation: Invocation, batch: readonly Commit[]): Promise<void>;
}>;

/** A copy is delivered beside what came since: nobody waits for it, and nobody repeats it. */
type Batch = Readonly<{ records: readonly Commit[]; attempt: number; isCopy: boolean }>;

/** As DynamoDB keeps what nobody has read. */
const keptMs: DurationMs = days(1);
const maxAttempts = 6;
const batchSize = 4;

export const makeStream = (machine: Machine, options: StreamOptions): Stream => {
  const { timeline, faults, seed } = machine;
  const lanes = new Map<string, Commit[]>();
  const busy = new Set<string>();
  const heldUntil = new Map<string, EpochMs>();
  const parked: Commit[] = [];
  const trimmed: Commit[] = [];
  let copies = 0;
  let stillUntil = Number.NEGATIVE_INFINITY;

  const isFree = (lane: string): boolean => !busy.has(lane) && (heldUntil.get(lane) ?? 0) <= timeline.now();
  const take = (lane: string): readonly Commit[] => {
    const [first, ...rest] = lanes.get(lane) ?? [];
    if (rest.length === 0) lanes.delete(lane);
    else lanes.set(lane, rest);
    return first === undefined ? [] : [first];
  };
  const poll = (): void => {
    if (timeline.now() < stillUntil) return;
    const free = [...lanes.keys()].filter(isFree);
    const size = 1 + Math.floor(chanceOf(seed, 'batch', free.join()) * batchSize);
    const records = free.slice(0, size).flatMap(take);
    if (records.length === 0) return;
    for (const { name } of records) busy.add(name);
    run({ records, attempt: 1, isCopy: false });
    if (free.length > size) pollIn(10);
  };
  const pollIn = (ms: DurationMs): void => timeline.at(timeline.now() + ms, poll);
  const run = (batch: Batch): void =>
    invoke(
      machine,
      options.name,
      options.timeoutMs,
      (invocation) => options.work(invocation, batch.records),
      ({ type }) => {
        if (batch.isCopy) copies--;
        else if (type === 'failed') retry(batch);
        else finish(batch);
      },
    );
  /** A batch is halved before it is given up; halving takes none of its retries. */
  const retry = ({ records, attempt }: Batch): void => {
    const half = records.length >> 1;
    if (half > 0)
      for (const part of [records.slice(0, half), records.slice(half)])
        later({ records: part, attempt, isCopy: false });
    else if (attempt < maxAttempts) later({ records, attempt: attempt + 1, isCopy: false });
    else {
      parked.push(...records);
      release(records);
    }
  };
  const later = (batch: Batch, ms: DurationMs = seconds(1)): void => timeline.at(timeline.now() + ms, () => run(batch));
  const finish = ({ records }: Batch): void => {
    release(records);
    const place = faults.place(`stream ${options.name} ${records.map(({ name }) => name).join()}`);
    if (faults.at(place, ['twice']) === undefined) return;
    copies++;
    later({ records, attempt: 1, isCopy: true }, chanceOf(seed, 'twice', place) * minutes(2));
  };
  const release = (records: readonly Commit[]): void => {
    for (const { name } of records) busy.delete(name);
    pollIn(5);
  };
  const add = (commit: Commit): void => {
    lanes.set(commit.name, [...(lanes.get(commit.name) ?? []), commit]);
    const place = faults.place(`stream ${options.name} lag ${commit.name}`);
    const lateMs = faults.at(place, ['late']) === undefined ? 0 : minutes(30) * chanceOf(seed, 'late', place);
    if (lateMs > 0) heldUntil.set(commit.name, timeline.now() + lateMs);
    pollIn(lateMs + 1 + chanceOf(seed, 'stream', place) ** 4 * 400);
  };
  const trim = (): void => {
    if (timeline.now() < stillUntil) return;
    for (const [lane, commits] of [...lanes]) {
      const isKept = ({ at }: Commit): boolean => at >= timeline.now() - keptMs;
      const kept = commits.filter(isKept);
      trimmed.push(...commits.filter((commit) => !isKept(commit)));
      if (kept.length === 0) lanes.delete(lane);
      else lanes.set(lane, kept);
    }
    poll();
  };
  return {
    add,
    standStill: (until) => {
      stillUntil = Math.max(stillUntil, until);
      timeline.at(until, trim);
    },
    open: () => busy.size + lanes.size + copies,
    ...{ parked, trimmed },
    redrive: (isOfUse) => {
      for (const commit of parked.splice(0))
        if (isOfUse(commit)) add(commit);
        else parked.push(commit);
    },
  };
};
