import type { BusFact } from '../../../domain/bus-fact.ts';
import type { Bus } from '../../../ports/bus.ts';

/** Keeps what was published, doubles included. */
export const memoryBus = (): Bus & Readonly<{ published: readonly BusFact[] }> => {
  const published: BusFact[] = [];
  return {
    published,
    async publish(facts) {
      published.push(...facts);
    },
  };
};
