import type { Quota } from '../domain/pace/pace.ts';
import { type EpochMs, minutes } from '../domain/time.ts';
import type { MailQuota } from '../ports/pacing.ts';

const freshForMs = minutes(5);

/** The quota as a warm container knows it. A failed reading keeps the last one: what the provider itself refuses slows us down anyway. */
export const knownQuota = (read: (now: EpochMs) => Promise<Quota>): MailQuota => {
  let known: Quota | undefined;
  return {
    async read(now) {
      if (known !== undefined && now >= known.readAt && now - known.readAt < freshForMs) return known;
      try {
        known = await read(now);
      } catch (error) {
        if (known === undefined) throw error;
      }
      return known;
    },
  };
};
