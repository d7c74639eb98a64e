import type { SQSBatchResponse } from 'aws-lambda';
import type { QueueRecord } from '../../../../functions/queue/each-record.ts';
import { type DurationMs, minutes, seconds } from '../../../../shared/domain/time.ts';
import { chanceOf } from '../engine/chance.ts';
import { type Invocation, invoke, type Machine } from '../engine/invocation.ts';

/** A queue of the second service kind: at least once, in no order, given up after five receives. */
export type Queue<T> = Readonly<{
  enqueue(calls: readonly T[]): Promise<void>;
  /** A message somebody else wrote, as it stands. */
  add(body: string): void;
  /** Messages waiting or in work. */
  open(): number;
  /** The dead-letter queue. */
  dead: readonly string[];
  /** Batches the function failed for as a whole, and by itself: one message took the others along. */
  wholeBatches(): number;
  /** The operator puts what was given up back into the queue, but for what is plainly of no use. */
  redrive(isOfUse: (body: string) => boolean): void;
}>;

export type QueueOptions = Readonly<{
  name: string;
  timeoutMs: DurationMs;
  batchSize: number;
  /** Whether a message may get lost: only where the table knows as much. */
  isHint: boolean;
  /** The function behind the queue; answers the messages it could not finish. */
  work(invocation: Invocation, records: readonly QueueRecord[]): Promise<SQSBatchResponse>;
}>;

type Message = { readonly messageId: string; readonly body: string; receives: number };

const maxReceives = 5;

export const makeQueue = <T>(machine: Machine, options: QueueOptions): Queue<T> => {
  const { timeline, faults, seed } = machine;
  const waiting: Message[] = [];
  const dead: string[] = [];
  let open = 0;
  let arrived = 0;
  let wholeBatches = 0;

  const arrive = (message: Message, afterMs: DurationMs): void => {
    open++;
    timeline.at(timeline.now() + afterMs, () => {
      waiting.push(message);
      timeline.at(timeline.now() + 20, poll);
    });
  };
  const messageOf = (body: string): Message => ({ messageId: `${options.name}-${++arrived}`, body, receives: 0 });
  const poll = (): void => {
    const batch = waiting.splice(0, options.batchSize);
    if (batch.length === 0) return;
    for (const message of batch) message.receives++;
    invoke(
      machine,
      options.name,
      options.timeoutMs,
      (invocation) => options.work(invocation, batch),
      (ended) => {
        if (ended.type === 'failed' && ended.by === 'itself') wholeBatches++;
        const failed = ended.type === 'failed' ? batch.map(({ messageId }) => messageId) : failedIn(ended.value);
        for (const message of batch) {
          open--;
          if (failed.includes(message.messageId)) again(message);
        }
      },
    );
    if (waiting.length > 0) timeline.at(timeline.now() + 5, poll);
  };
  /** What failed stays out of sight for six timeouts, as the stack sets it. */
  const again = (message: Message): void => {
    if (message.receives >= maxReceives) dead.push(message.body);
    else arrive(message, 6 * options.timeoutMs);
  };
  const add = (body: string, isHint = options.isHint): void => {
    const place = faults.place(`queue ${options.name} ${body.slice(0, 120)}`);
    const fault = faults.at(place, isHint ? ['lost', 'twice', 'late'] : ['twice', 'late']);
    if (fault === 'lost') return;
    const delay =
      chanceOf(seed, 'queue', place) * seconds(2) +
      (fault === 'late' ? chanceOf(seed, 'late', place) * minutes(20) : 0);
    arrive(messageOf(body), delay);
    if (fault === 'twice') arrive(messageOf(body), chanceOf(seed, 'twice', place) * minutes(3));
  };
  return {
    enqueue: async (calls) => {
      for (const call of calls) add(JSON.stringify({ detail: call }));
    },
    // Nobody but its sender knows of it: it is not lost on the way.
    add: (body) => add(body, false),
    open: () => open,
    dead,
    wholeBatches: () => wholeBatches,
    redrive: (isOfUse) => {
      for (const body of dead.splice(0))
        if (isOfUse(body)) arrive(messageOf(body), seconds(1));
        else dead.push(body);
    },
  };
};

const failedIn = ({ batchItemFailures }: SQSBatchResponse): readonly string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
