import type { EpochMs } from '../time.ts';
import type { Contact } from './contact.ts';
import type { ConsentState } from './customer.ts';

export type Suppression = Readonly<{
  by: 'bounce' | 'complaint' | 'operator' | 'erasure';
  at: EpochMs;
  /** The operator lifted it then: what happened up to that moment keeps the address from nothing any more. */
  liftedAt?: EpochMs;
}>;

/**
 * Whether the list still keeps an address from mail. Who was erased may be mailed again after an express yes dated later, one
 * that waits for its confirmation included, because it can only be confirmed by mail; consent says what may go until then. A bounce, a complaint or the operator's word stands until the operator lifts it.
 */
export const suppresses = (suppression: Suppression | undefined, consent: ConsentState | undefined): boolean => {
  if (suppression === undefined || isLifted(suppression)) return false;
  if (suppression.by !== 'erasure') return true;
  const isYes = consent !== undefined && consent.state !== 'withdrawn' && consent.basis === 'express';
  return !isYes || consent.at <= suppression.at;
};

const isLifted = ({ at, liftedAt }: Suppression): boolean => liftedAt !== undefined && at <= liftedAt;

/** Whether a bounce, a complaint or the operator's word keeps a customer from mail. News that are older than a lifting do not. */
export const standsSuppressed = ({ suppressedAt, liftedAt }: Contact): boolean =>
  suppressedAt !== undefined && (liftedAt === undefined || suppressedAt > liftedAt);
