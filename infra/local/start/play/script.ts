import type { EpochMs } from '../../../../shared/domain/time.ts';

/** A webhook a shop sends, before it is signed. */
export type Delivery = Readonly<{
  source: 'shopify' | 'standard';
  topic: string;
  /** The platform's id of the delivery: the same for a repeated one. */
  id: string;
  body: string;
}>;

/** Something the outside world does to the system. */
export type Act = Readonly<{ at: EpochMs /** Acts of one person happen one after another. */; chain: string }> &
  (
    | Readonly<{ type: 'webhook'; delivery: Delivery }>
    | Readonly<{ type: 'unsubscribe'; url: string; address: string }>
    | Readonly<{ type: 'mail-event'; messageId: string; event: 'bounce' | 'complaint' | 'click'; detail?: object }>
  );

/** A mail as the inbox shows it. */
export type ReceivedMail = Readonly<{
  id: string;
  at: EpochMs;
  to: string;
  subject: string;
  headers: Readonly<Record<string, string>>;
  text: string;
  tags: Readonly<Record<string, string>>;
}>;

/** A world outside the system: a simulated shop and its customers, or a recorded history. */
export interface Script {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** When the next act falls due; `undefined` once nothing is left. */
  nextAt(): EpochMs | undefined;
  /** Removes and returns the acts due by `until`, oldest first. */
  take(until: EpochMs): readonly Act[];
  /** A mail has arrived; it may lead to acts. */
  receive(mail: ReceivedMail): void;
  /** The zone somebody lives in, where this world knows it. */
  zoneOf(address: string): string | undefined;
}
