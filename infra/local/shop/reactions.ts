import { days, type EpochMs, hours, minutes } from '../../../shared/domain/time.ts';
import type { ReceivedMail } from '../start/play/script.ts';
import type { Person } from './people.ts';
import { exponential, randomFor } from './random.ts';

/** What somebody does about a mail. */
export type Reaction =
  | Readonly<{ type: 'nothing' }>
  | Readonly<{ type: 'bounce'; at: EpochMs }>
  | Readonly<{ type: 'complaint'; at: EpochMs }>
  | Readonly<{ type: 'unsubscribe'; at: EpochMs }>
  | Readonly<{ type: 'click'; at: EpochMs }>
  | Readonly<{ type: 'order'; clickAt: EpochMs; at: EpochMs }>;

/** Orders a mail causes among a hundred average readers, beyond what they would have bought anyway. */
const ordersPerHundred: Readonly<Record<string, number>> = {
  'lead-nurture': 14,
  welcome: 7,
  'loyalty-reward': 16,
  rescue: 11,
  'win-back': 9,
  upsell: 7,
};

const least = (at: EpochMs, delayMs: number): EpochMs => Math.round(at + minutes(3) + delayMs);

/** Decides by the person's own coin; the `nth` mail to them is one toss. */
export const reactionTo = (seed: number, person: Person, mail: ReceivedMail, nth: number): Reaction => {
  const random = randomFor(seed, 'reaction', person.number, nth);
  if (person.bounces) return { type: 'bounce', at: least(mail.at, 0) };
  const fate = random();
  const delayMs = Math.min(exponential(random, days(1.6)), days(12));
  if (fate < 0.0008) return { type: 'complaint', at: least(mail.at, hours(6 * random())) };
  if (fate < 0.012) return { type: 'unsubscribe', at: least(mail.at, delayMs / 4) };
  const buys = ((ordersPerHundred[mail.tags['campaign'] ?? ''] ?? 0) / 100) * person.openness;
  const at = least(mail.at, delayMs);
  if (random() < buys) return { type: 'order', clickAt: at, at: at + minutes(4 + 30 * random()) };
  return random() < 0.09 * person.openness ? { type: 'click', at } : { type: 'nothing' };
};

/** The address of the mail's own one-click unsubscribe, as RFC 8058 has it. */
export const unsubscribeUrlOf = (mail: ReceivedMail): string | undefined => {
  const header = Object.entries(mail.headers).find(([name]) => name.toLowerCase() === 'list-unsubscribe')?.[1];
  return header?.match(/<(https?:[^>]+)>/)?.[1];
};

/** The shop's code the mail shows, if it shows one. */
export const codeIn = (mail: ReceivedMail, codes: readonly string[]): string | undefined =>
  codes.find((code) => mail.text.includes(code));
