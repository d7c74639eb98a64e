import * as z from 'zod';
import type { Invoke, InvokeOutcome } from '../compute/invoke-outcome.ts';
import type { Fault, FaultBook } from '../faults/fault-book.ts';
import type { FaultKind } from '../faults/fault-rule.ts';
import { defaultDelayMs } from '../faults/handover.ts';
import type { Activity } from '../time/activity.ts';
import type { Timers } from '../time/timers.ts';
import { shuffled } from './shuffle-records.ts';
import type { StreamRecord } from './stream-record.ts';

export interface StreamMappingPolicy {
  batchSize: number;
  bisect: boolean;
  /** Infinity for "for ever". */
  retries: number;
  maxAgeMs: number;
  partialFailures: boolean;
  matches: (record: unknown) => boolean;
  /** Name of the function, for faults. */
  consumer: string;
  onFailure: (batch: readonly StreamRecord[], condition: string, attempts: number) => void;
}

export interface StreamSurroundings {
  activity: Activity;
  timers: Timers;
  now: () => number;
  faults: FaultBook;
}

interface Batch {
  records: readonly StreamRecord[];
  attempts: number;
}

const longestBackoffMs = 60_000;
const failures = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/** One event source mapping on a stream with one shard: batches run one at a time, in order, and a failing one holds the line. */
export class StreamMapping {
  readonly #invoke: Invoke;
  readonly #policy: StreamMappingPolicy;
  readonly #activity: Activity;
  readonly #timers: Timers;
  readonly #now: () => number;
  readonly #faults: FaultBook;
  #pending: StreamRecord[] = [];
  #inHand = 0;
  #running = false;

  constructor(invoke: Invoke, policy: StreamMappingPolicy, { activity, timers, now, faults }: StreamSurroundings) {
    this.#invoke = invoke;
    this.#policy = policy;
    this.#activity = activity;
    this.#timers = timers;
    this.#now = now;
    this.#faults = faults;
  }

  /** Records read and not yet dealt with. */
  get lag(): number {
    return this.#pending.length + this.#inHand;
  }

  push(records: readonly StreamRecord[]): void {
    for (const record of records) if (this.#policy.matches(record)) this.#pending.push(record);
    if (this.#running || this.#pending.length === 0) return;
    this.#running = true;
    this.#activity.begin();
    void this.#drain().finally(() => {
      this.#running = false;
      this.#activity.end();
    });
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const overtaken = this.#fault('reorder');
      if (overtaken !== undefined) this.#pending = shuffled(this.#pending, overtaken.random);
      const records = this.#pending.splice(0, this.#policy.batchSize);
      this.#inHand = records.length;
      const late = this.#fault('delay');
      if (late !== undefined) await this.#wait(late.rule.delayMs ?? defaultDelayMs);
      await this.#deliver(records);
      if (this.#fault('duplicate') !== undefined) await this.#deliver(records);
      this.#inHand = 0;
    }
  }

  #fault(kind: FaultKind): Fault | undefined {
    return this.#faults.draw('stream', [kind], this.#policy.consumer);
  }

  async #deliver(records: readonly StreamRecord[]): Promise<void> {
    const work: Batch[] = [{ records, attempts: 0 }];
    for (let batch = work.shift(); batch !== undefined; batch = work.shift()) {
      const fresh = this.#dropOld(batch);
      if (fresh.length === 0) continue;
      const outcome = await this.#invoke(JSON.stringify({ Records: fresh }));
      work.unshift(...(await this.#afterwards({ records: fresh, attempts: batch.attempts + 1 }, outcome)));
    }
  }

  /** What is left to do of a batch that was tried. */
  async #afterwards(batch: Batch, outcome: InvokeOutcome): Promise<Batch[]> {
    const { bisect, retries, onFailure } = this.#policy;
    const from = outcome.type === 'failed' ? 0 : this.#firstFailure(batch.records, outcome.payload);
    if (from >= batch.records.length) return [];
    const rest = batch.records.slice(from);
    if (outcome.type === 'failed' && bisect && rest.length > 1) return halves(rest, batch.attempts - 1);
    if (batch.attempts > retries) {
      onFailure(rest, 'RetryAttemptsExhausted', batch.attempts);
      return [];
    }
    await this.#backOff(batch.attempts);
    return [{ records: rest, attempts: batch.attempts }];
  }

  /** The lowest sequence number reported is the checkpoint; a report we cannot read fails the whole batch. */
  #firstFailure(records: readonly StreamRecord[], payload: string): number {
    if (!this.#policy.partialFailures) return records.length;
    const answer = failures.safeParse(JSON.parse(payload));
    if (!answer.success) return 0;
    const reported = answer.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
    if (reported.length === 0) return records.length;
    const positions = reported.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
    return Math.max(0, Math.min(...positions));
  }

  #dropOld({ records, attempts }: Batch): readonly StreamRecord[] {
    const oldest = this.#now() - this.#policy.maxAgeMs;
    const isOld = ({ dynamodb }: StreamRecord) => Number(dynamodb['ApproximateCreationDateTime']) * 1_000 < oldest;
    const old = records.filter(isOld);
    if (old.length === 0) return records;
    this.#policy.onFailure(old, 'RecordAgeExceeded', attempts);
    return records.filter((record) => !isOld(record));
  }

  /** Waits in virtual time, doubling from a fiftieth of a second. */
  #backOff(attempts: number): Promise<void> {
    return this.#wait(Math.min(20 * 2 ** (attempts - 1), longestBackoffMs));
  }

  /** While it waits the batch holds the line, and the stream lags. */
  #wait(delayMs: number): Promise<void> {
    this.#activity.beginWait();
    this.#activity.end();
    return new Promise((resolve) => {
      this.#timers.after(delayMs, () => {
        this.#activity.begin();
        this.#activity.endWait();
        resolve();
      });
    });
  }
}

/** Splitting does not use up a try. */
const halves = (records: readonly StreamRecord[], attempts: number): Batch[] => {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), attempts },
    { records: records.slice(middle), attempts },
  ];
};
