import { type DurationMs, seconds } from '../../../../shared/domain/time.ts';
import type { DuePageCall } from '../../../../shared/ports/due-pages.ts';
import type { ReactCall } from '../../../../shared/ports/react-calls.ts';
import type { CustomerCall } from '../../../../shared/ports/work-queue.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import { makeQueue, type Queue } from '../platform/queue.ts';
import type { MailEvent, UseCases } from './functions.ts';
import type { Reach } from './reach.ts';

const timeoutMs: DurationMs = seconds(60);

/** The work queues and the functions behind them, each with its handler's way of answering for single messages. */
export const makeQueues = (machine: Machine, does: UseCases, reach: Reach) => {
  const queue = <T>(
    name: string,
    options: Readonly<{ batchSize: number; isHint: boolean }>,
    work: (invocation: Invocation, batch: readonly T[]) => Promise<readonly T[]>,
  ): Queue<T> => makeQueue(machine, { name, timeoutMs, ...options, work });
  return {
    react: queue<ReactCall>('react', { batchSize: 10, isHint: false }, async (invocation, batch) => {
      const failed = await does.react(reach(invocation), batch, invocation.now);
      const names = new Set(failed.map(({ call }) => JSON.stringify(call)));
      return batch.filter((call) => names.has(JSON.stringify(call)));
    }),
    enrol: queue<CustomerCall>('enrol', { batchSize: 4, isHint: true }, (invocation, batch) =>
      each(batch, (call) => does.enrolCustomer(reach(invocation), call, invocation.now)),
    ),
    send: queue<CustomerCall>('send', { batchSize: 4, isHint: true }, (invocation, batch) =>
      each(batch, (call) => does.sendToCustomer(reach(invocation), call, invocation.now)),
    ),
    pages: queue<DuePageCall>('drain', { batchSize: 1, isHint: true }, (invocation, batch) =>
      each(batch, async (call) => failOn(await does.drain(reach(invocation), call, invocation.now))),
    ),
    feedback: queue<MailEvent>('feedback', { batchSize: 5, isHint: false }, (invocation, batch) =>
      each(batch, (event) => does.takeFeedback(reach(invocation), event)),
    ),
  };
};

export type Queues = ReturnType<typeof makeQueues>;

const each = async <T>(batch: readonly T[], work: (one: T) => Promise<void>): Promise<readonly T[]> => {
  const outcomes = await Promise.allSettled(batch.map(work));
  return batch.filter((_, n) => outcomes[n]?.status === 'rejected');
};

/** A fault of one entry held up no other; the invocation fails for it. */
export const failOn = ([fault]: readonly unknown[]): void => {
  if (fault !== undefined) throw fault;
};
