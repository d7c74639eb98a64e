import type { Intake } from '../../../../shared/domain/intake/intake.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { FaultPlan } from '../engine/faults.ts';

/** Something that happens to the shop. Each can be left out, and what is left still makes sense. */
export type Item = Readonly<{ at: EpochMs; name: string }> &
  Readonly<
    | { type: 'webhook'; intake: Intake }
    /** The link in the latest mail to an address is followed; nothing where there was none. */
    | { type: 'unsubscribe'; email: string }
    | { type: 'campaigns'; active: readonly string[] }
    | { type: 'redrive' }
  >;

/** One run, from nothing but its seed: a shop, what happens to it, and what goes wrong. */
export type Scenario = Readonly<{
  seed: number;
  startAt: EpochMs;
  endAt: EpochMs;
  store: StoreSettings;
  items: readonly Item[];
  faults: FaultPlan;
  /** Words that may stand in no log, tag or fact. */
  personal: readonly string[];
}>;
