import type { CustomerEvent } from '../../../../shared/domain/intake/intake.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import type { Random } from '../../../local/shop/random.ts';
import { deliveries, type Span, snapshotOf } from './orders-of.ts';
import type { Person } from './people.ts';
import type { Item } from './scenario.ts';

/** What a person does beside ordering: says yes or no to mail, unsubscribes, is merged, asks to be forgotten. */
export const eventsOf = (random: Random, person: Person, { from, to }: Span): readonly Item[] => {
  const at = (): EpochMs => Math.floor(from + random() * (to - from));
  const consented = random() < 0.85 ? [consent(random, person, Math.floor(from - random() * days(30)), from)] : [];
  const later = times(random, 0.25, () => consent(random, person, at()));
  const unsubscribed = person.email === undefined ? [] : times(random, 0.25, () => unsubscribe(person, at()));
  return [...consented, ...later, ...merges(random, person, at), ...erasures(random, person, at)]
    .flatMap((event) => deliveries(random, Math.max(from, event.at), { type: 'event', event }))
    .concat(unsubscribed);
};

const times = <T>(random: Random, chance: number, make: () => T): readonly T[] => {
  const made: T[] = [];
  while (made.length < 3 && random() < chance) made.push(make());
  return made;
};

const unsubscribe = ({ email = '' }: Person, at: EpochMs): Item => ({
  type: 'unsubscribe',
  at,
  name: 'unsubscribe',
  email,
});

const envelope = (person: Person, what: string, at: EpochMs) => ({
  ...({ store: 'demo', source: 'standard', at } as const),
  eventId: `${what}-${person.accounts[0]}-${at}`,
});

const consent = (random: Random, person: Person, at: EpochMs, firstAt = at): CustomerEvent => {
  const state = firstAt === at && random() < 0.5 ? 'withdrawn' : 'granted';
  const { consent: _, ...customer } = snapshotOf(random, person, at);
  return {
    ...envelope(person, state, at),
    body: { type: 'customer', customer: { ...customer, consent: { state, at, basis: 'express', source: 'account' } } },
  };
};

const merges = (random: Random, person: Person, at: () => EpochMs): readonly CustomerEvent[] => {
  const [keepExternalId, loseExternalId] = person.accounts;
  if (keepExternalId === undefined || loseExternalId === undefined || random() > 0.6) return [];
  return [{ ...envelope(person, 'merge', at()), body: { type: 'merge', keepExternalId, loseExternalId } }];
};

const erasures = (random: Random, person: Person, at: () => EpochMs): readonly CustomerEvent[] => {
  if (random() > 0.1) return [];
  const [externalId] = person.accounts;
  const { email } = person;
  return [
    {
      ...envelope(person, 'erase', at()),
      body: { type: 'erase', ...(externalId && { externalId }), ...(email && random() < 0.7 && { email }) },
    },
  ];
};
