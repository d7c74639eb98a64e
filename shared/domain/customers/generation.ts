import { hashOf } from '../hash.ts';
import type { EpochMs } from '../time.ts';
import type { Arrival } from './arrival.ts';
import type { Customer, CustomerId } from './customer.ts';
import type { CustomerSnapshot } from './profile.ts';

/** Who somebody is who comes back after having been erased: another customer, who knows nothing of the one before. */
export type Generation = Readonly<{ customerId: CustomerId; generation: number; forgottenUntil: EpochMs }>;

/** The generation after a tombstone's; the same for everybody who sees it first. */
export const generationAfter = (
  tombstone: Pick<Customer, 'store' | 'customerId' | 'generation'> & Readonly<{ erasedAt: EpochMs }>,
): Generation => {
  const generation = tombstone.generation + 1;
  const { store, customerId, erasedAt } = tombstone;
  return {
    customerId: hashOf(['customer', store, customerId, String(generation)]),
    generation,
    forgottenUntil: erasedAt,
  };
};

/**
 * Whether something begins a generation: an order placed after the erasure, or an express yes to mail dated after it. A late
 * webhook about the person who was erased is neither.
 */
export const beginsAnew = ({ row, snapshot: { consent } }: Arrival, erasedAt: EpochMs): boolean =>
  (row !== undefined && row.placedAt > erasedAt) || (consent !== undefined && isAnewYes(consent, erasedAt));

const isAnewYes = ({ state, basis, at }: NonNullable<CustomerSnapshot['consent']>, erasedAt: EpochMs): boolean =>
  state === 'granted' && basis === 'express' && at > erasedAt;

/**
 * What of an arrival is about the living: nothing of an order placed before the erasure, or an event of that time; of what
 * came later everything but consent that is older, or not express.
 */
export const sinceErasure = (arrival: Arrival, erasedAt: EpochMs): Arrival | undefined => {
  const happenedAt = arrival.row?.placedAt ?? arrival.at;
  if (happenedAt <= erasedAt) return undefined;
  const { consent, ...rest } = arrival.snapshot;
  const isOld = consent?.state === 'granted' && !isAnewYes(consent, erasedAt);
  return isOld ? { ...arrival, snapshot: rest } : arrival;
};
