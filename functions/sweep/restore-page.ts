import { isBeforeRestore } from '../../shared/domain/guardrails/restored.ts';
import type { LogEntry, LoggedErasure, LoggedSuppression } from '../../shared/domain/restore/log-entry.ts';
import {
  afterLogPage,
  afterLook,
  afterMinute,
  afterSendPage,
  goesOn,
  type Restore,
  restorePerMinute,
} from '../../shared/domain/restore/restore.ts';
import { skipped } from '../../shared/domain/sends/advance.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DueEntry, DueIndex } from '../../shared/ports/due-index.ts';
import type { ErasureLog } from '../../shared/ports/erasure-log.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { Restores } from '../../shared/ports/restores.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { SuppressionList } from '../../shared/ports/store-settings.ts';
import { entryAt, placeOf } from './due-place.ts';
import { sendIdIn } from './hand-over.ts';
import { type Worked, workWaiting } from './waiting-work.ts';

export type RestorePageDeps = Readonly<{
  restores: Restores;
  erasureLog: Pick<ErasureLog, 'page' | 'count'>;
  customers: Pick<CustomerStore, 'load' | 'restrictContact' | 'narrowPreferences'>;
  suppressions: Pick<SuppressionList, 'add'>;
  react: ReactCalls;
  due: Pick<DueIndex, 'shards' | 'oldest'>;
  ledger: Pick<SendLedger, 'load' | 'update'>;
}>;

/** Entries read and seen to at once. */
const pageLimit = 50;

/** A minute's work of every restore that goes on. */
export const restorePages = (deps: RestorePageDeps, now: EpochMs): Promise<Worked> =>
  workWaiting<Restore, Reached>(deps.restores, now, async (store, begun) => ({
    first: { before: begun, restore: await marked(deps, store, begun), seen: 0 },
    step: async ({ before, restore, seen }) =>
      seen < restorePerMinute && goesOn(before, restore)
        ? { before: restore, restore: await steps[restore.step](deps, store, restore, now), seen: seen + pageLimit }
        : undefined,
    written: (reached) => afterMinute(reached.restore, begun.round, now),
  }));

type Reached = Readonly<{ before: Restore; restore: Restore; seen: number }>;

/** From here on nothing that happened before is mailed, whatever becomes of the rest. */
const marked = async (
  { restores, erasureLog }: RestorePageDeps,
  store: StoreId,
  restore: Restore,
): Promise<Restore> => {
  if (restore.total !== undefined) return restore;
  await restores.mark(store, restore.restoredAt);
  return { ...restore, total: await erasureLog.count(store) };
};

type Step = (deps: RestorePageDeps, store: StoreId, restore: Restore, now: EpochMs) => Promise<Restore>;

/** The log again. */
const replay: Step = async (deps, store, restore) => {
  const { entries, next } = await deps.erasureLog.page(store, { after: restore.place, limit: pageLimit });
  await Promise.all(entries.map((entry) => putBack(deps, entry)));
  return afterLogPage(restore, entries, next);
};

/** Each only ever forbids more. An erasure forbids mail at once; react, the only writer of customers, does the rest. */
const putBack = async (deps: RestorePageDeps, entry: LogEntry): Promise<void> => {
  const { store } = entry;
  if (entry.type === 'suppression') return suppressAgain(deps, entry);
  if (entry.type === 'erasure') {
    await deps.customers.restrictContact(store, entry.customerId, { erasedAt: entry.erasedAt });
    return deps.react.enqueue([{ type: 'tombstone', erasure: entry }]);
  }
  const { type: _type, store: _store, customerId, choice, names: _names, ...restriction } = entry;
  await deps.customers.restrictContact(store, customerId, restriction);
  if (choice !== undefined) await deps.customers.narrowPreferences(store, customerId, choice);
};

const suppressAgain = async (
  { suppressions }: RestorePageDeps,
  { store, addressHash, reason, erasedAt }: LoggedSuppression,
): Promise<void> => {
  if (reason !== undefined) await suppressions.add(store, addressHash, reason);
  if (erasedAt !== undefined) await suppressions.add(store, addressHash, { by: 'erasure', at: erasedAt });
};

/** Mails the copy had planned, due or not. What it was just sending settles by itself, and is not sent again. */
const closeSends: Step = async ({ due, ledger }, store, restore, now) => {
  const { shard, after } = entryAt(restore.place);
  const entries = await due.oldest('send', shard, pageLimit, after);
  const own = entries.filter((entry) => entry.store === store);
  const closed = await Promise.all(own.map((entry) => close(ledger, entry, restore.restoredAt, now)));
  const last = entries.length < pageLimit ? undefined : entries.at(-1);
  const isThrough = last === undefined && shard + 1 >= due.shards;
  return afterSendPage(restore, closed.filter(Boolean).length, isThrough ? undefined : placeOf(shard, last));
};

const close = async (
  ledger: RestorePageDeps['ledger'],
  { store, customerId, item }: DueEntry,
  restoredAt: EpochMs,
  now: EpochMs,
): Promise<boolean> => {
  const send = await ledger.load(store, customerId, sendIdIn(item));
  if (send?.state.status !== 'pending' || !isBeforeRestore({ restoredAt }, send.createdAt)) return false;
  return (await ledger.update(skipped(send, 'restored', now))).type === 'saved';
};

/** Whether react has erased everybody; whoever it has not is asked for again. */
const makeSure: Step = async (deps, store, restore) => {
  const { entries, next } = await deps.erasureLog.page(store, { after: restore.place, limit: pageLimit });
  const erasures = entries.filter((entry) => entry.type === 'erasure');
  const missing = (await Promise.all(erasures.map((erasure) => unlessErased(deps, erasure)))).flat();
  await deps.react.enqueue(missing.map((erasure) => ({ type: 'tombstone', erasure })));
  return afterLook(restore, missing.length, next);
};

const unlessErased = async (
  { customers }: RestorePageDeps,
  erasure: LoggedErasure,
): Promise<readonly LoggedErasure[]> => {
  const { customer } = await customers.load(erasure.store, erasure.customerId, 'orders');
  return customer?.erasedAt === undefined ? [erasure] : [];
};

const steps: Readonly<Record<Restore['step'], Step>> = { log: replay, sends: closeSends, 'making-sure': makeSure };
