import { useCases } from '../../../infra/analysis/simulate/system/functions.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { days } from '../../../shared/domain/time.ts';
import { breaking, type Forgetful } from './forgetful.ts';

/** Nothing comes too late for any campaign. */
const patient = (deps: Parameters<typeof useCases.enrolCustomer>[0]): typeof deps => ({
  ...deps,
  definitions: {
    ...deps.definitions,
    adopted: async (...asked) => {
      const found = await deps.definitions.adopted(...asked);
      return { ...found, campaigns: found.campaigns.map((one) => ({ ...one, notAfterMs: days(400) })) };
    },
  },
});

type Pair = Readonly<{ before?: Customer; after: Customer }>;
const unmarked = ({ before, after }: Pair): Pair => ({
  ...(before && { before: withoutMark(before) }),
  after: withoutMark(after),
});
const withoutMark = ({ retoldAt: _retoldAt, ...customer }: Customer): Customer => customer;

/** What rebases, reconciliations and the erasure log bring to everybody. */
export const ofWalks: readonly Forgetful[] = [
  {
    forgets: 'whoever comes behind the first page of a rebase',
    breaks: 'I4',
    mutant: breaking(({ roll }) => ({
      roll: { ...roll, page: async (...asked) => ({ entries: (await roll.page(...asked)).entries.slice(0, 1) }) },
    })),
  },
  {
    forgets: 'orders on its walk through the table',
    breaks: 'I7',
    mutant: breaking(({ walk }) => ({
      walk: {
        page: async (store, place) => {
          const page = await walk.page(store, place);
          return place.walk === 'arrivals' ? { ...page, found: [] } : page;
        },
      },
    })),
  },
  {
    forgets: 'to tell again what nobody was told',
    breaks: 'I6-counters',
    mutant: { useCases: { relay: (deps, pairs) => useCases.relay(deps, pairs.map(unmarked)) } },
  },
  {
    forgets: 'how late it was told',
    breaks: 'late',
    where: 'outage',
    mutant: {
      useCases: { enrolCustomer: (deps, ...asked) => useCases.enrolCustomer(patient(deps), ...asked) },
    },
  },
  {
    forgets: 'addresses when it keeps the erasure log',
    breaks: 'log',
    mutant: {
      useCases: {
        keepLog: async (deps, pair) => (pair.type === 'suppression' ? undefined : useCases.keepLog(deps, pair)),
      },
    },
  },
  {
    forgets: 'that what one account said holds for the other',
    breaks: 'log',
    mutant: {
      useCases: {
        keepLog: async (deps, pair) =>
          pair.type === 'customer' && pair.after.erasedAt === undefined ? undefined : useCases.keepLog(deps, pair),
      },
    },
  },
];
