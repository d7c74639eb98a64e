import type { EpochMs } from '../time.ts';
import type { ConsentState } from './customer.ts';

export type Suppression = Readonly<{ by: 'bounce' | 'complaint' | 'operator' | 'erasure'; at: EpochMs }>;

/**
 * Whether the list still keeps an address from mail. Who was erased may be mailed again after an express yes dated later; a
 * bounce, a complaint or the operator's word stands for good.
 */
export const suppresses = (suppression: Suppression | undefined, consent: ConsentState | undefined): boolean => {
  if (suppression?.by !== 'erasure') return suppression !== undefined;
  return consent?.state !== 'granted' || consent.basis !== 'express' || consent.at <= suppression.at;
};
