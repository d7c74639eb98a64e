import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { readMessage } from '../../../../functions/feedback/read-message.ts';
import { customerCallOf } from '../../../../functions/queue/customer-call-of.ts';
import { eachRecord, type QueueRecord } from '../../../../functions/queue/each-record.ts';
import { type DurationMs, seconds } from '../../../../shared/domain/time.ts';
import { dueKinds } from '../../../../shared/ports/due-index.ts';
import type { DuePageCall } from '../../../../shared/ports/due-pages.ts';
import type { ReactCall } from '../../../../shared/ports/react-calls.ts';
import type { CustomerCall } from '../../../../shared/ports/work-queue.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import { makeQueue, type Queue } from '../platform/queue.ts';
import type { UseCases } from './functions.ts';
import type { Reach } from './reach.ts';

const timeoutMs: DurationMs = seconds(60);

/** The work queues and the functions behind them, each as its handler reads a batch and answers for single messages. */
export const makeQueues = (machine: Machine, does: UseCases, reach: (invocation: Invocation) => Reach) => {
  const queue = <T>(
    name: string,
    options: Readonly<{ batchSize: number; isHint: boolean }>,
    work: (invocation: Invocation, records: readonly QueueRecord[]) => Promise<SQSBatchResponse>,
  ): Queue<T> => makeQueue(machine, { name, timeoutMs, ...options, work });
  const each =
    (work: (invocation: Invocation, body: string) => Promise<void>) =>
    (invocation: Invocation, Records: readonly QueueRecord[]): Promise<SQSBatchResponse> =>
      eachRecord({ Records }, reach(invocation).log, ({ body }) => work(invocation, body));
  return {
    react: queue<ReactCall>('react', { batchSize: 10, isHint: false }, (invocation, records) => {
      const deps = reach(invocation);
      return does.reactToMessages(deps, deps.log, records, invocation.now);
    }),
    enrol: queue<CustomerCall>(
      'enrol',
      { batchSize: 4, isHint: true },
      each((invocation, body) => does.enrolCustomer(reach(invocation), customerCallOf(body), invocation.now)),
    ),
    send: queue<CustomerCall>(
      'send',
      { batchSize: 4, isHint: true },
      each((invocation, body) => does.sendToCustomer(reach(invocation), customerCallOf(body), invocation.now)),
    ),
    pages: queue<DuePageCall>(
      'drain',
      { batchSize: 1, isHint: true },
      each(async (invocation, body) => failOn(await does.drain(reach(invocation), pageCallOf(body), invocation.now))),
    ),
    feedback: queue<never>(
      'feedback',
      { batchSize: 5, isHint: false },
      each(async (invocation, body) => {
        const event = await readMessage(body, neverBySns);
        if (event !== undefined) await does.takeFeedback(reach(invocation), event, invocation.now);
      }),
    ),
  };
};

export type Queues = ReturnType<typeof makeQueues>;

const page = z.object({ detail: z.object({ kind: z.enum(dueKinds), shard: z.number(), lease: z.number() }) });
const pageCallOf = (body: string): DuePageCall => page.parse(JSON.parse(body)).detail;

const neverBySns = () => Promise.reject(new Error('the simulated provider tells everything over the bus'));

/** A fault of one entry held up no other; the invocation fails for it. */
export const failOn = ([fault]: readonly unknown[]): void => {
  if (fault !== undefined) throw fault;
};
