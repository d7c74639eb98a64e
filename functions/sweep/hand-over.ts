import { LifecycleError } from '../../shared/domain/errors.ts';
import { settled } from '../../shared/domain/sends/advance.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { DueEntry, DueKind } from '../../shared/ports/due-index.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { CustomerCall, WorkQueue } from '../../shared/ports/work-queue.ts';

/** Those who handle what is due. */
export type Handlers = Readonly<{
  ledger: Pick<SendLedger, 'load' | 'update'>;
  send: WorkQueue;
  enrol: WorkQueue;
  react: ReactCalls;
}>;

/**
 * What becomes of the due entries of a kind. An entry leaves the index by the write that handles it, never by the hand-over.
 *
 * @returns The faults of single entries, which hold up no others; a hand-over that throws is done again from its page's start.
 */
type HandOver = (to: Handlers, due: readonly DueEntry[], now: EpochMs) => Promise<readonly unknown[]>;

/** Who is handed what, and how many pages a worker takes before other kinds have their turn: what people wait for most gets most. */
export const handOvers: Readonly<Record<DueKind, Readonly<{ handOver: HandOver; pagesPerTurn: number }>>> = {
  lease: { pagesPerTurn: 200, handOver: ({ ledger }, due, now) => settleAll(ledger, due, now) },
  send: { pagesPerTurn: 200, handOver: ({ send }, due) => queued(send.enqueue(customersOf(due))) },
  enrolment: { pagesPerTurn: 100, handOver: ({ enrol }, due) => queued(enrol.enqueue(customersOf(due))) },
  customer: {
    pagesPerTurn: 50,
    handOver: ({ react }, due) =>
      queued(react.enqueue(customersOf(due).map((call) => ({ type: 'customer' as const, ...call })))),
  },
};

const queued = async (enqueued: Promise<void>): Promise<readonly unknown[]> => {
  await enqueued;
  return [];
};

const customersOf = (due: readonly DueEntry[]): readonly CustomerCall[] => [
  ...new Map(due.map(({ store, customerId }) => [`${store}#${customerId}`, { store, customer: customerId }])).values(),
];

/** Leases that ran out, and unknown mails nobody vouched for. */
const settleAll = async (
  ledger: Handlers['ledger'],
  due: readonly DueEntry[],
  now: EpochMs,
): Promise<readonly unknown[]> => {
  const outcomes = await Promise.allSettled(due.map((entry) => settle(ledger, entry, now)));
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
};

const settle = async (ledger: Handlers['ledger'], { store, customerId, item }: DueEntry, now: EpochMs) => {
  const send = await ledger.load(store, customerId, sendIdIn(item));
  const next = send === undefined ? undefined : settled(send, now);
  if (next !== undefined) await ledger.update(next);
};

/** The send an entry of kind `send` or `lease` names. */
export const sendIdIn = (item: string): string => {
  const [kind, sendId] = item.split('#');
  if (kind === 'SEND' && sendId !== undefined) return sendId;
  throw new LifecycleError('store.corrupt-item', "cannot settle a lease: 'item' must be a send", {
    pk: '',
    sk: item,
    field: 'sk',
  });
};
