import type { BusFact } from '../domain/bus-fact.ts';

export interface Bus {
  /** Publishes all or throws; entries the bus refused are sent again one by one first. */
  publish(facts: readonly BusFact[]): Promise<void>;
}
