import { LifecycleError } from '../../shared/domain/errors.ts';
import { settled } from '../../shared/domain/sends/advance.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { DueEntry, DueIndex, DueKind } from '../../shared/ports/due-index.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { CustomerCall, WorkQueue } from '../../shared/ports/work-queue.ts';

export type SweepDeps = Readonly<{
  due: DueIndex;
  ledger: Pick<SendLedger, 'load' | 'update'>;
  send: WorkQueue;
  enrol: WorkQueue;
  react: ReactCalls;
}>;

/** One kind and shard of the due index. */
export type DuePage = Readonly<{ kind: DueKind; shard: number }>;

/** What a tick found: pages that were full, and the first instant at which something else will be due. */
export type Swept = Readonly<{ full: readonly DuePage[]; nextDueAt?: EpochMs }>;

/** Oldest entries of a page handled at once; a full page goes on in the sweep queue. */
export const pageSize = 50;

/** Leases first, because a lease may hold a slot a fresh mail waits for. */
const order: readonly DueKind[] = ['lease', 'send', 'enrolment', 'customer'];

/** Looks at the oldest entries of every kind and shard, oldest first, and hands over what is due. */
export const sweep = async (deps: SweepDeps, now: EpochMs): Promise<Swept> => {
  const pages = order.flatMap((kind) => Array.from({ length: deps.due.shards }, (_, shard) => ({ kind, shard })));
  const swept = await Promise.all(pages.map((page) => sweepPage(deps, page, now)));
  const next = Math.min(...swept.map(({ nextDueAt }) => nextDueAt ?? Number.POSITIVE_INFINITY));
  return { full: swept.flatMap(({ full }) => full), ...(Number.isFinite(next) ? { nextDueAt: next } : {}) };
};

/**
 * Hands over one page. An entry leaves the index by the write that handles it, never here: what is lost on the way is
 * found again by the next tick.
 */
export const sweepPage = async (deps: SweepDeps, page: DuePage, now: EpochMs): Promise<Swept> => {
  const oldest = await deps.due.oldest(page.kind, page.shard, pageSize);
  const due = oldest.filter(({ dueAt }) => dueAt <= now);
  await handOver(deps, page.kind, due, now);
  const next = oldest.find(({ dueAt }) => dueAt > now)?.dueAt;
  return { full: due.length === pageSize ? [page] : [], ...(next === undefined ? {} : { nextDueAt: next }) };
};

export const handOver = async (
  deps: SweepDeps,
  kind: DueKind,
  due: readonly DueEntry[],
  now: EpochMs,
): Promise<void> => {
  if (due.length === 0) return;
  if (kind === 'lease') await Promise.all(due.map((entry) => settle(deps, entry, now)));
  if (kind === 'send') await deps.send.enqueue(distinctCustomers(due));
  if (kind === 'enrolment') await deps.enrol.enqueue(distinctCustomers(due));
  if (kind === 'customer')
    await deps.react.enqueue(distinctCustomers(due).map((call) => ({ type: 'customer', ...call })));
};

const distinctCustomers = (due: readonly DueEntry[]): readonly CustomerCall[] => [
  ...new Map(due.map(({ store, customerId }) => [`${store}#${customerId}`, { store, customer: customerId }])).values(),
];

/** A lease that ran out, or an unknown mail nobody vouched for. */
const settle = async ({ ledger }: SweepDeps, { store, customerId, item }: DueEntry, now: EpochMs): Promise<void> => {
  const send = await ledger.load(store, customerId, sendIdIn(item));
  const next = send === undefined ? undefined : settled(send, now);
  if (next !== undefined) await ledger.update(next);
};

const sendIdIn = (item: string): string => {
  const [kind, sendId] = item.split('#');
  if (kind === 'SEND' && sendId !== undefined) return sendId;
  throw new LifecycleError('store.corrupt-item', "cannot settle a lease: 'item' must be a send", {
    pk: '',
    sk: item,
    field: 'sk',
  });
};
