import type { Mutant } from '../../../infra/analysis/simulate/run-scenario.ts';
import { useCases } from '../../../infra/analysis/simulate/system/functions.ts';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import type { Contact } from '../../../shared/domain/customers/contact.ts';
import { newPace } from '../../../shared/domain/pace/pace.ts';
import { breaking, type Forgetful, type SendDeps, sending } from './forgetful.ts';

/** Send decides by a CONTACT with something left out. */
const seeing = (without: (contact: Contact) => Contact): Mutant =>
  sending(({ customers, ...deps }) => ({
    ...deps,
    customers: {
      load: async (...asked) => {
        const file = await customers.load(...asked);
        return { ...file, contact: without(file.contact) };
      },
    },
  }));

const unpaused =
  (settings: SendDeps['catalogue']['settings']): SendDeps['catalogue']['settings'] =>
  async (...asked) => {
    const store = await settings(...asked);
    if (store === undefined) return undefined;
    const { pausedAt: _pausedAt, ...rest } = store;
    return rest;
  };

type ReactDeps = Parameters<typeof useCases.react>[0];

const trusting = (deps: ReactDeps): ReactDeps => ({
  ...deps,
  catalogue: {
    ...deps.catalogue,
    settings: async (...asked) => {
      const store = await deps.catalogue.settings(...asked);
      return store && { ...store, doubleOptIn: 'never' };
    },
  },
});

/** What operators, the provider and customers allow. */
export const ofLimits: readonly Forgetful[] = [
  {
    forgets: 'the kill switch',
    breaks: 'stopped',
    mutant: {
      useCases: {
        sweep: (deps, now) => useCases.sweep(deps, now),
        sendToCustomer: ({ killSwitch: _killSwitch, ...deps }, ...asked) => useCases.sendToCustomer(deps, ...asked),
      },
    },
  },
  {
    forgets: 'that a store is paused',
    breaks: 'paused',
    mutant: sending(({ catalogue, ...deps }) => ({ ...deps, catalogue: { settings: unpaused(catalogue.settings) } })),
  },
  {
    forgets: 'that a campaign is paused',
    breaks: 'paused',
    mutant: sending(({ definitions, ...deps }) => ({
      ...deps,
      definitions: {
        adopted: (store, ...asked) =>
          definitions.adopted({ ...store, activeCampaigns: defaultCampaigns.map(({ id }) => id) }, ...asked),
      },
    })),
  },
  {
    forgets: 'the circuit breakers',
    breaks: 'breaker',
    mutant: sending(({ gate, ...deps }) => ({
      ...deps,
      ...(gate && { gate: { ...gate, waitUntil: async () => undefined, pass: async () => true } }),
    })),
  },
  {
    forgets: 'that a half-open breaker counts its probes',
    breaks: 'breaker',
    mutant: sending(({ gate, ...deps }) => ({ ...deps, ...(gate && { gate: { ...gate, pass: async () => true } }) })),
  },
  {
    forgets: 'that containers share one pace',
    breaks: 'pace',
    mutant: breaking(() => ({ paces: { load: async () => newPace, save: async () => ({ type: 'saved' }) } })),
  },
  {
    forgets: "that tokens count against the day's quota",
    breaks: 'pace',
    mutant: breaking(({ paces }) => ({
      paces: { ...paces, load: async () => ({ ...(await paces.load()), taken: 0, countedSent: 0 }) },
    })),
  },
  {
    forgets: 'the ramp of a new sender',
    breaks: 'warm-up',
    mutant: sending(({ gate, ...deps }) => ({
      ...deps,
      ...(gate && { gate: { ...gate, warmupUntil: async () => undefined } }),
    })),
  },
  {
    forgets: 'which topics somebody left out',
    breaks: 'topics',
    mutant: seeing(({ topicsOff: _topicsOff, ...contact }) => contact),
  },
  {
    forgets: 'who asked for less mail',
    breaks: 'monthly',
    mutant: seeing(({ monthlySince: _monthlySince, ...contact }) => contact),
  },
  {
    forgets: 'that a yes has to be confirmed',
    breaks: 'confirmed',
    mutant: {
      useCases: {
        react: (deps, ...asked) => useCases.react(trusting(deps), ...asked),
        reactToMessages: (deps, ...asked) => useCases.reactToMessages(trusting(deps), ...asked),
      },
    },
  },
  {
    forgets: 'who waits for an answer',
    breaks: 'held',
    mutant: sending(({ customers, ...deps }) => ({
      ...deps,
      customers: {
        load: async (...asked) => {
          const { customer, ...file } = await customers.load(...asked);
          if (customer === undefined) return file;
          const { signals: _signals, ...rest } = customer;
          return { ...file, customer: rest };
        },
      },
    })),
  },
];
