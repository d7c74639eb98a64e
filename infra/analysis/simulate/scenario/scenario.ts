import type { Posted } from '../../../../functions/preferences/choose/choose.ts';
import type { LifecycleDraft } from '../../../../shared/domain/definitions/lifecycle-draft.ts';
import type { Intake } from '../../../../shared/domain/intake/intake.ts';
import type { Rhythm, StoreSettings } from '../../../../shared/domain/store.ts';
import type { DurationMs, EpochMs } from '../../../../shared/domain/time.ts';
import type { FaultPlan } from '../engine/faults.ts';

/** Where a record that nobody can read may turn up. */
export const poisonPlaces = ['react-stream', 'relay-stream', 'react', 'enrol', 'send', 'pages', 'feedback'] as const;
export type PoisonPlace = (typeof poisonPlaces)[number];

/** Something that happens to the shop. Each can be left out, and what is left still makes sense. */
export type Item = Readonly<{ at: EpochMs; name: string }> &
  Readonly<
    | { type: 'webhook'; intake: Intake }
    /** A link in the latest mail to an address is followed; nothing where there was none. */
    | { type: 'unsubscribe'; email: string }
    | { type: 'confirm'; email: string }
    | { type: 'choose'; email: string; posted: Posted }
    | { type: 'campaigns'; active: readonly string[] }
    | { type: 'redrive' }
    /** The kill switch. */
    | { type: 'switch'; isPaused: boolean }
    /** The store's own pause. */
    | { type: 'pause'; isPaused: boolean }
    | { type: 'publish'; draft: LifecycleDraft }
    /** `perennial fit`: made and taken over at once. */
    | { type: 'fit' }
    | { type: 'rhythm'; rhythm: Rhythm }
    /** Readers of the stream stand still, longer than the stream keeps or not; once they read again, the table is walked. */
    | { type: 'outage'; readers: readonly ('react' | 'relay')[]; forMs: DurationMs; reconcileAfterMs: DurationMs }
    /** The schedule that makes fits. */
    | { type: 'night' }
    | { type: 'poison'; place: PoisonPlace; body: string }
    /** Bounces or complaints of people nobody looks at here, of this store or of another. */
    | { type: 'bad-news'; store: string; what: 'bounced' | 'complained'; count: number }
    /** So many mails of a new sender left elsewhere. */
    | { type: 'busy'; count: number }
    /** Other containers send at the same time: each so many mails. */
    | { type: 'burst'; containers: number; mails: number; withinMs: DurationMs }
  >;

/** What the provider lets the account do. */
export type Account = Readonly<{ perSecond: number; perDay: number }>;

/** One run, from nothing but its seed: a shop, what happens to it, and what goes wrong. */
export type Scenario = Readonly<{
  seed: number;
  startAt: EpochMs;
  endAt: EpochMs;
  store: StoreSettings;
  account: Account;
  /** Whether relay's erasure log is played along; most shops do without it, since each contact costs a step more. */
  keepsLog: boolean;
  items: readonly Item[];
  faults: FaultPlan;
  /** Words that may stand in no log, tag or fact. */
  personal: readonly string[];
}>;
