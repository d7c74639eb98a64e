import type { CustomerSnapshot } from '../../../../shared/domain/customers/profile.ts';
import { oneOf, type Random } from '../../../local/shop/random.ts';

/** A person as the shop's platform knows them: one or two accounts, mostly an address, sometimes a shared one. */
export type Person = Readonly<{
  accounts: readonly string[];
  email?: string;
  snapshot: CustomerSnapshot;
}>;

const places: readonly Pick<CustomerSnapshot, 'country' | 'timeZone' | 'locale'>[] = [
  { country: 'GB', timeZone: 'Europe/London', locale: 'en-GB' },
  { country: 'US', timeZone: 'America/Los_Angeles', locale: 'en-US' },
  { country: 'AU' },
  { country: 'WS', timeZone: 'Pacific/Apia' },
  {},
];

export const peopleOf = (random: Random): readonly Person[] => {
  const people: Person[] = [];
  const many = 1 + Math.floor(random() * 3);
  for (let n = 1; n <= many; n++) {
    const shared = people.at(-1)?.email;
    const email = random() < 0.12 ? shared : random() < 0.95 ? `quimby${n}@mailbox${n}.example` : undefined;
    const second = random() < 0.3 ? [`c-${n}-b`] : [];
    people.push({
      accounts: [`c-${n}`, ...second],
      ...(email === undefined ? {} : { email }),
      snapshot: { firstName: `Zorblat${n}`, lastName: `Vexley${n}`, ...oneOf(random, places) },
    });
  }
  return people;
};

/** What of a person is theirs alone. */
export const personalWords = ({ email, snapshot }: Person): readonly string[] =>
  [email, snapshot.firstName, snapshot.lastName].filter((word) => word !== undefined);
