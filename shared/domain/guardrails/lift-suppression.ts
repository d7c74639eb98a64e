import type { ConsentFile } from '../consent/fold-consent.ts';
import type { Contact } from '../customers/contact.ts';
import { type Suppression, standsSuppressed, suppresses } from '../customers/suppression.ts';
import type { EpochMs } from '../time.ts';

/** Why an address was kept from mail, in the order of their weight. */
type Cause = 'complaint' | 'bounce' | 'operator';

/** The operator's word that somebody may be mailed again. Kept with the customer for good; an erasure takes the words out. */
export type Lifting = Readonly<{
  at: EpochMs;
  /** What was lifted, and since when it had stood. */
  by: Cause;
  suppressedAt: EpochMs;
  because?: string;
  /** When the person asked for mail again. */
  agreedAt?: EpochMs;
}>;

/** What the operator says. */
export type LiftWord = Readonly<{ because: string; agreedAt?: EpochMs | undefined; at: EpochMs }>;

export type LiftVerdict =
  | Readonly<{ type: 'lift'; lifting: Lifting }>
  /** Nothing keeps the address from mail, or an erasure does, which only an express yes of a new life ends. */
  | Readonly<{ type: 'nothing-to-lift' }>
  /** They complained then: only a date after it on which they asked for mail again lifts that. */
  | Readonly<{ type: 'statement-needed'; complainedAt: EpochMs }>;

type Stop = Readonly<{ by: Cause; at: EpochMs }>;

/**
 * Whether a suppression may be lifted by hand. A complaint needs the day on which the person asked again, and even then
 * marketing waits for their confirmation by mail (`mayMail`). Who was erased has nothing that could be lifted.
 *
 * @param listed What the suppression list has on the address.
 * @param files The customer the address belongs to, root first; empty where nobody is known by it.
 */
export const liftSuppression = (
  listed: Suppression | undefined,
  files: readonly ConsentFile[],
  { because, agreedAt, at }: LiftWord,
): LiftVerdict => {
  const [root] = files;
  if (root?.customer.erasedAt !== undefined || root?.contact.erasedAt !== undefined) return { type: 'nothing-to-lift' };
  const stops = [...listedStop(listed), ...files.flatMap(({ contact }) => contactStop(contact))];
  const [gravest] = stops.toSorted((a, b) => weights[a.by] - weights[b.by] || b.at - a.at);
  if (gravest === undefined) return { type: 'nothing-to-lift' };
  if (gravest.by === 'complaint' && (agreedAt === undefined || agreedAt <= gravest.at))
    return { type: 'statement-needed', complainedAt: gravest.at };
  const lifting = { at, by: gravest.by, suppressedAt: gravest.at, because };
  return { type: 'lift', lifting: agreedAt === undefined ? lifting : { ...lifting, agreedAt } };
};

const weights: Readonly<Record<Cause, number>> = { complaint: 0, bounce: 1, operator: 2 };

const listedStop = (listed: Suppression | undefined): readonly Stop[] =>
  listed === undefined || listed.by === 'erasure' || !suppresses(listed, undefined)
    ? []
    : [{ by: listed.by, at: listed.at }];

/** The list keeps the first reason, CONTACT the latest: a complaint counts although a bounce stands beside it. */
const contactStop = (contact: Contact): readonly Stop[] => {
  const { suppressedAt, suppressedBy = 'operator', complainedAt } = contact;
  if (suppressedAt === undefined || !standsSuppressed(contact)) return [];
  const stop = { by: suppressedBy, at: suppressedAt };
  return complainedAt === undefined ? [stop] : [stop, { by: 'complaint', at: complainedAt }];
};
