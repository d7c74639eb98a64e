import type { Intake } from '../../shared/domain/intake/intake.ts';
import type { Order } from '../../shared/domain/orders/order.ts';
import { orderVersion } from '../../shared/domain/orders/order-version.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { logTerms } from '../../shared/env.ts';
import type { PutOutcome } from '../../shared/ports/order-store.ts';
import type { IngestDeps } from './ingest-deps.ts';

/** What became of a delivery, as the sender is told. */
export type Receipt = Readonly<{ status: 'accepted' }> | Readonly<{ status: 'ignored'; reason: string }>;

const receiptOf = ({ type }: PutOutcome): Receipt =>
  type === 'accepted' ? { status: 'accepted' } : { status: 'ignored', reason: type };

const putOrder = async ({ intake }: IngestDeps, order: Order): Promise<Receipt> =>
  receiptOf(await intake.putOrder(order, orderVersion(order)));

// The body holds nothing but the id, so the stored order is written again, as one that no longer counts.
const putDeleted = async (
  deps: IngestDeps,
  { key, at }: Extract<Intake, { type: 'order-deleted' }>,
): Promise<Receipt> => {
  const { order } = await deps.intake.loadOrder(key);
  if (!order) return { status: 'ignored', reason: 'unknown-order' };
  const updatedAt: EpochMs = Math.max(at, order.updatedAt);
  return putOrder(deps, { ...order, status: 'cancelled', updatedAt });
};

/** Writes what a delivery means, in one conditional put, and says what became of it. */
export const storeIntake = async (deps: IngestDeps, intake: Intake): Promise<Receipt> => {
  switch (intake.type) {
    case 'order':
      return putOrder(deps, intake.order);
    case 'order-deleted':
      return putDeleted(deps, intake);
    case 'refund':
      return receiptOf(await deps.intake.putRefund(intake.refund));
    case 'event':
      return receiptOf(await deps.intake.putEvent(intake.event));
    case 'nothing':
      return { status: 'ignored', reason: intake.reason };
    case 'quarantine': {
      const { store, source, reason, topic } = intake.entry;
      await deps.intake.quarantine(intake.entry);
      deps.log.warn(logTerms.quarantined, { store, source, reason, topic });
      return { status: 'ignored', reason };
    }
  }
};
