import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dueSortKey } from '../../shared/adapters/dynamodb/keys.ts';
import { codeOf } from '../../shared/domain/errors.ts';
import { type EpochMs, minutes, seconds } from '../../shared/domain/time.ts';
import { dueKinds } from '../../shared/ports/due-index.ts';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireClock,
  wireCustomerRoll,
  wireCustomerStore,
  wireDueIndex,
  wireDuePages,
  wireEnrolQueue,
  wireErasureLog,
  wireKillSwitch,
  wireLog,
  wireReactCalls,
  wireRebases,
  wireReconciles,
  wireRestores,
  wireSendLedger,
  wireSendQueue,
  wireSuppressionList,
  wireTableWalk,
} from '../wiring.ts';
import { drain } from './drain.ts';
import { rebasePages } from './rebase-page.ts';
import { reconcilePages } from './reconcile-page.ts';
import { restorePages } from './restore-page.ts';
import { sweep } from './sweep.ts';

const clock = wireClock();
const log = wireLog();
const killSwitch = wireKillSwitch();
const pages = wireDuePages();
const deps = {
  due: wireDueIndex(),
  ledger: wireSendLedger(),
  send: wireSendQueue(),
  enrol: wireEnrolQueue(),
  react: wireReactCalls(),
  roll: wireCustomerRoll(),
  rebases: wireRebases(),
  reconciles: wireReconciles(),
  walk: wireTableWalk(),
  restores: wireRestores(),
  erasureLog: wireErasureLog(),
  customers: wireCustomerStore(),
  suppressions: wireSuppressionList(),
};

const message = z.object({
  detail: z.object({ kind: z.enum(dueKinds), shard: z.number().int().nonnegative(), lease: z.number().int() }),
});

/** What a page in flight may still take before the function is stopped. */
const reserveMs = seconds(10);

/** The switch is no item of the table, so nothing written there says when it is off again. */
const stoppedLookMs = minutes(15);

/** Until when ticks would find nothing, unless an earlier instant is written to the attribute it follows. AWS does not listen, the local run does. */
type Idle = Readonly<{ idleUntil: number | null; follows: string }>;
type Remaining = Pick<Context, 'getRemainingTimeInMillis'>;

/** A fault of one entry held up nothing else; the invocation fails, so that somebody hears of it. */
const failOn = (faults: readonly unknown[]): void => {
  for (const fault of faults) log.error('due entry failed', { code: codeOf(fault) });
  if (faults[0] !== undefined) throw faults[0];
};

const earliest = (instants: readonly (number | undefined)[]): number =>
  Math.min(...instants.map((at) => at ?? Number.POSITIVE_INFINITY));

/** Every kind and shard, and messages for those that need a worker. */
const sweepAll = async (now: EpochMs) => {
  const swept = await sweep(deps, now, () => killSwitch.isOn(now));
  await pages.enqueue(swept.full);
  return swept;
};

/** A tick of the schedule looks at every kind and shard; a message drains the rest of one. */
export const handler = async (
  event: SQSEvent | Readonly<{ Records?: undefined }>,
  context: Remaining,
): Promise<SQSBatchResponse | Idle> => {
  const now = clock.now();
  if (event.Records !== undefined) {
    const hasTime = () => context.getRemainingTimeInMillis() > reserveMs;
    return eachRecord(event, log, async ({ body }) =>
      failOn(await drain({ ...deps, pages, hasTime }, message.parse(JSON.parse(body)).detail, now)),
    );
  }
  const [{ isStopped, ...swept }, ...others] = await Promise.all([
    sweepAll(now),
    rebasePages(deps, now),
    reconcilePages(deps, now),
    restorePages(deps, now),
  ]);
  const all = [swept, ...others];
  failOn(all.flatMap(({ faults }) => faults));
  const next = earliest([...all.map(({ nextDueAt }) => nextDueAt), isStopped ? now + stoppedLookMs : undefined]);
  return { idleUntil: Number.isFinite(next) ? next : null, follows: dueSortKey };
};
