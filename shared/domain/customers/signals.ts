import type { EpochMs } from '../time.ts';

/** What a signal may say. */
export type SignalValue = string | number | boolean;

/**
 * What events told of a customer that is no order, by fact name: the latest dated value of each.
 * `engagement.lastClickAt` and `engagement.lastCartAt` are their own date.
 */
export type Signals = Readonly<Record<string, Readonly<{ value: SignalValue; at: EpochMs }>>>;

/** A shop may set so many attributes of its own on a customer; what goes beyond is not kept. */
export const maxAttributes = 20;
const attributePrefix = 'attributes.';

type Properties = Readonly<Record<string, SignalValue>>;
type Reading = (properties: Properties, at: EpochMs) => Readonly<Record<string, SignalValue | undefined>>;

const named =
  (fact: string, property: string): Reading =>
  (properties) => ({ [fact]: properties[property] });

/** What each event of the standard source says about a customer, by event name. */
const readings: Readonly<Record<string, Reading>> = {
  'checkout.abandoned': (_properties, at) => ({ 'engagement.lastCartAt': at }),
  'subscription.started': () => ({ 'subscription.active': true }),
  'subscription.ended': () => ({ 'subscription.active': false }),
  'case.opened': () => ({ 'case.open': true }),
  'case.closed': () => ({ 'case.open': false }),
  'refund.opened': () => ({ 'refund.open': true }),
  'refund.closed': () => ({ 'refund.open': false }),
  'loyalty.changed': ({ points, tier }) => ({ 'loyalty.points': points, 'loyalty.tier': tier }),
  'feedback.given': ({ nps, score }) => ({ 'feedback.nps': nps, 'feedback.score': score }),
  'referral.made': (_properties, at) => ({ 'referral.lastAt': at }),
  'churn.told': named('churn.reason', 'reason'),
  'attributes.changed': (properties) =>
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [`${attributePrefix}${name}`, value])),
};

/** The names of events that say something about a customer. */
export const signalEvents: readonly string[] = Object.keys(readings);

/** What one event says; nothing for a name nobody listens to. */
export const signalsOf = (name: string, properties: Properties, at: EpochMs): Signals => {
  const said = Object.hasOwn(readings, name) ? (readings[name]?.(properties, at) ?? {}) : {};
  return Object.fromEntries(
    Object.entries(said).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, { value, at }]])),
  );
};

/** Folds what was told into what is known, in any order and any number of times: the later date wins, of one date the greater text. */
export const foldSignals = (known: Signals, told: Signals): Signals => {
  const folded: Record<string, Signals[string]> = { ...known };
  for (const [fact, news] of Object.entries(told)) {
    const old = folded[fact];
    if (old === undefined || isLater(news, old)) folded[fact] = news;
  }
  return withinLimit(folded);
};

const isLater = (a: Signals[string], b: Signals[string]): boolean =>
  a.at > b.at || (a.at === b.at && JSON.stringify(a.value) > JSON.stringify(b.value));

/** Keeps the attributes first by name: the same ones whatever came first. */
const withinLimit = (signals: Signals): Signals => {
  const attributes = Object.keys(signals).filter((fact) => fact.startsWith(attributePrefix));
  if (attributes.length <= maxAttributes) return signals;
  const dropped = new Set(attributes.sort().slice(maxAttributes));
  return Object.fromEntries(Object.entries(signals).filter(([fact]) => !dropped.has(fact)));
};
