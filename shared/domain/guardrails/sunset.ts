import type { ConsentFile } from '../consent/fold-consent.ts';
import { priorFit } from '../fit/fit.ts';
import type { Rhythm } from '../store.ts';
import { days, type EpochMs } from '../time.ts';

/** How far somebody has fallen silent: `fading` gets at most one mail a month, `asleep` none but the one that asks whether to stay. */
export type Wakefulness = 'awake' | 'fading' | 'asleep';

const fadingDays = 180;
const asleepDays = 365;

/**
 * Mailbox providers take mail to people who never react for spam. Whoever neither clicked nor ordered for 180 days fades, for 365
 * days sleeps; shops slower than the normal rhythm count longer in proportion, as their horizon does. Opens wake nobody. A click,
 * an order or a new yes wakes at once: nothing is stored that would have to be undone.
 */
export const wakefulnessOf = (files: readonly ConsentFile[], rhythm: Rhythm, now: EpochMs): Wakefulness => {
  const silentMs = now - lastSignOfLife(files);
  const pace = priorFit(rhythm).curves[0].horizonDays / 365;
  if (silentMs >= days(asleepDays * pace)) return 'asleep';
  return silentMs >= days(fadingDays * pace) ? 'fading' : 'awake';
};

const lastSignOfLife = (files: readonly ConsentFile[]): EpochMs => {
  const signs = files.flatMap(({ customer, contact }) => [
    contact.lastClickAt,
    customer.history.lastPlacedAt,
    customer.consent?.state === 'granted' ? customer.consent.at : undefined,
  ]);
  const told = signs.filter((at) => at !== undefined);
  // Who never did anything counts from when we first saw them.
  return told.length > 0 ? Math.max(...told) : Math.min(...files.map(({ customer }) => customer.firstSeenAt));
};
