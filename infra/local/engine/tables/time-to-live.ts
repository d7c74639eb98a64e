import type { StreamRecord } from '../streams/stream-record.ts';
import type { Activity } from '../time/activity.ts';
import type { Timer, Timers } from '../time/timers.ts';

const keyText = (keys: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Deletes expired items in virtual time. What expires when is learned from the table's own stream. */
export class TimeToLive {
  readonly #attribute: string;
  readonly #timers: Timers;
  readonly #activity: Activity;
  /** Deletes the item if it still expires at that second. */
  readonly #remove: (keys: Record<string, unknown>, expirySeconds: string) => Promise<void>;
  readonly #due = new Map<string, { seconds: string; timer: Timer }>();
  readonly #removing = new Set<string>();

  constructor(
    attribute: string,
    timers: Timers,
    activity: Activity,
    remove: (keys: Record<string, unknown>, expirySeconds: string) => Promise<void>,
  ) {
    this.#attribute = attribute;
    this.#timers = timers;
    this.#activity = activity;
    this.#remove = remove;
  }

  watch({ Keys, NewImage }: Pick<StreamRecord['dynamodb'], 'Keys' | 'NewImage'>): void {
    const key = keyText(Keys);
    const seconds = numberOf(NewImage?.[this.#attribute]);
    const known = this.#due.get(key);
    if (known?.seconds === seconds) return;
    known?.timer.cancel();
    this.#due.delete(key);
    if (seconds === undefined) return;
    const timer = this.#timers.at(Number(seconds) * 1_000, () => this.#expire(key, Keys, seconds));
    this.#due.set(key, { seconds, timer });
  }

  /** A removal we made ourselves; asked once per record. */
  isExpiry(record: StreamRecord): boolean {
    return this.#removing.delete(keyText(record.dynamodb.Keys));
  }

  #expire(key: string, keys: Record<string, unknown>, seconds: string): void {
    this.#due.delete(key);
    this.#removing.add(key);
    void this.#activity.during(() => this.#remove(keys, seconds)).catch(() => this.#removing.delete(key)); // it was changed or removed meanwhile: no longer ours to expire
  }
}

/** TTL is a Number in seconds; anything else is ignored, as at AWS. */
const numberOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !('N' in value)) return undefined;
  return typeof value.N === 'string' && Number.isFinite(Number(value.N)) ? value.N : undefined;
};
