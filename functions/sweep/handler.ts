import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dueSortKey } from '../../shared/adapters/dynamodb/keys.ts';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireClock,
  wireDueIndex,
  wireDuePages,
  wireEnrolQueue,
  wireLog,
  wireReactCalls,
  wireSendLedger,
  wireSendQueue,
} from '../wiring.ts';
import { drain } from './drain.ts';
import { sweep } from './sweep.ts';

const clock = wireClock();
const log = wireLog();
const pages = wireDuePages();
const deps = {
  due: wireDueIndex(),
  ledger: wireSendLedger(),
  send: wireSendQueue(),
  enrol: wireEnrolQueue(),
  react: wireReactCalls(),
};

const message = z.object({
  detail: z.object({ kind: z.enum(['lease', 'send', 'enrolment', 'customer']), shard: z.number().int().nonnegative() }),
});

/** Until when ticks would find nothing, unless an earlier instant is written to the attribute it follows. AWS does not listen, the local run does. */
type Idle = Readonly<{ idleUntil: number | null; follows: string }>;

/** A tick of the schedule looks at every kind and shard; a message drains one page. */
export const handler = async (
  event: SQSEvent | Readonly<{ Records?: undefined }>,
): Promise<SQSBatchResponse | Idle> => {
  const now = clock.now();
  if (event.Records !== undefined) {
    return eachRecord(event, log, ({ body }) => drain({ ...deps, pages }, message.parse(JSON.parse(body)).detail, now));
  }
  const { full, nextDueAt } = await sweep(deps, now);
  await pages.enqueue(full);
  return { idleUntil: nextDueAt ?? null, follows: dueSortKey };
};
