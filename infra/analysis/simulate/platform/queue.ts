import { type DurationMs, minutes, seconds } from '../../../../shared/domain/time.ts';
import { chanceOf } from '../engine/chance.ts';
import { type Invocation, invoke, type Machine } from '../engine/invocation.ts';

/** A queue of the second service kind: at least once, in no order, given up after five receives. */
export type Queue<T> = Readonly<{
  enqueue(bodies: readonly T[]): Promise<void>;
  /** Messages waiting or in work. */
  open(): number;
  dead: readonly T[];
  /** The operator puts what was given up back into the queue. */
  redrive(): void;
}>;

export type QueueOptions<T> = Readonly<{
  name: string;
  timeoutMs: DurationMs;
  batchSize: number;
  /** Whether a message may get lost: only where the table knows as much. */
  isHint: boolean;
  /** The function behind the queue; answers the messages it could not finish. */
  work(invocation: Invocation, batch: readonly T[]): Promise<readonly T[]>;
}>;

type Message<T> = { readonly body: T; readonly place: string; receives: number };

const maxReceives = 5;

export const makeQueue = <T>(machine: Machine, options: QueueOptions<T>): Queue<T> => {
  const { timeline, faults, seed } = machine;
  const waiting: Message<T>[] = [];
  const dead: T[] = [];
  let open = 0;

  const arrive = (message: Message<T>, afterMs: DurationMs): void => {
    open++;
    timeline.at(timeline.now() + afterMs, () => {
      waiting.push(message);
      timeline.at(timeline.now() + 20, poll);
    });
  };
  const poll = (): void => {
    const batch = waiting.splice(0, options.batchSize);
    if (batch.length === 0) return;
    for (const message of batch) message.receives++;
    invoke(
      machine,
      options.name,
      options.timeoutMs,
      (invocation) => options.work(invocation, bodiesOf(batch)),
      (ended) => {
        const failed = ended.type === 'failed' ? bodiesOf(batch) : ended.value;
        for (const message of batch) {
          open--;
          if (failed.includes(message.body)) again(message);
        }
      },
    );
    if (waiting.length > 0) timeline.at(timeline.now() + 5, poll);
  };
  /** What failed stays out of sight for six timeouts, as the stack sets it. */
  const again = (message: Message<T>): void => {
    if (message.receives >= maxReceives) dead.push(message.body);
    else arrive(message, 6 * options.timeoutMs);
  };
  const add = (body: T): void => {
    const place = faults.place(`queue ${options.name} ${JSON.stringify(body).slice(0, 120)}`);
    const fault = faults.at(place, options.isHint ? ['lost', 'twice', 'late'] : ['twice', 'late']);
    if (fault === 'lost') return;
    const delay =
      chanceOf(seed, 'queue', place) * seconds(2) +
      (fault === 'late' ? chanceOf(seed, 'late', place) * minutes(20) : 0);
    arrive({ body, place, receives: 0 }, delay);
    if (fault === 'twice') arrive({ body, place, receives: 0 }, chanceOf(seed, 'twice', place) * minutes(3));
  };
  return {
    enqueue: async (bodies) => {
      for (const body of bodies) add(body);
    },
    open: () => open,
    dead,
    redrive: () => {
      for (const body of dead.splice(0)) arrive({ body, place: 'redrive', receives: 0 }, seconds(1));
    },
  };
};

const bodiesOf = <T>(batch: readonly Message<T>[]): readonly T[] => batch.map(({ body }) => body);
