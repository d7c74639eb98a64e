import type { CustomerEvent } from '../intake/intake.ts';
import type { Source } from '../orders/order.ts';
import type { OrderRow } from '../orders/order-row.ts';
import type { EpochMs } from '../time.ts';
import type { CustomerSnapshot } from './profile.ts';
import type { Signals } from './signals.ts';

/** What an order or event tells about one customer. `at` is its own time, not when it came. */
export type Arrival = Readonly<{
  source: Source;
  at: EpochMs;
  snapshot: CustomerSnapshot;
  row?: OrderRow;
  /** Identities this payload gives, strongest first. */
  identities: readonly string[];
  /** What an event says beside who it is about. */
  signals?: Signals;
  /** Set for what is not an order: a person who signs up is first seen by it. */
  event?: CustomerEvent['body']['type'];
}>;
