import { describe, expect, it } from 'vitest';
import { type Mutant, runScenario } from '../../infra/analysis/simulate/run-scenario.ts';
import { runSeeds } from '../../infra/analysis/simulate/run-seeds.ts';
import type { Item } from '../../infra/analysis/simulate/scenario/scenario.ts';
import { scenarioOf } from '../../infra/analysis/simulate/scenario/scenario-of.ts';
import { useCases } from '../../infra/analysis/simulate/system/functions.ts';
import type { Ports } from '../../infra/analysis/simulate/system/ports.ts';
import { defaultCampaigns } from '../../shared/domain/campaigns/default-campaigns.ts';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import { newPace } from '../../shared/domain/pace/pace.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { days } from '../../shared/domain/time.ts';

const breaking = (change: (ports: Ports) => Partial<Ports>): Mutant => ({
  ports: (ports) => ({ ...ports, ...change(ports) }),
});

type SendDeps = Parameters<typeof useCases.sendToCustomer>[0];

const sending = (change: (deps: SendDeps) => SendDeps): Mutant => ({
  useCases: { sendToCustomer: (deps, ...asked) => useCases.sendToCustomer(change(deps), ...asked) },
});

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

/** Programs with one rule left out, and the promise each breaks. */
type Forgetful = Readonly<{
  forgets: string;
  breaks: string;
  mutant: Mutant;
  /** Played in shops to which this happens. */
  where?: Item['type'];
}>;

const mutants: readonly Forgetful[] = [
  {
    forgets: 'that CONTACT may have moved since it was read',
    breaks: 'I2',
    mutant: breaking(({ ledger, customers }) => ({
      ledger: {
        ...ledger,
        reserve: async (send, contact) => {
          const now = (await customers.load(send.store, send.customerId, 'decision')).contact;
          return ledger.reserve(send, { ...now, sends: contact.sends, version: now.version + 1 });
        },
      },
    })),
  },
  {
    forgets: 'that an unclear marketing mail is never tried again',
    breaks: 'I1',
    mutant: breaking(({ ledger }) => ({
      ledger: { ...ledger, update: (send, options) => ledger.update(triedAgain(send), options) },
    })),
  },
  {
    forgets: 'that a customer is written at the version that was read',
    breaks: 'I6',
    mutant: breaking(({ customers }) => ({
      customers: {
        ...customers,
        save: async (customer: Customer) => {
          const there = (await customers.load(customer.store, customer.customerId, 'decision')).customer;
          return customers.save({ ...customer, version: (there?.version ?? 0) + 1 });
        },
      },
    })),
  },
  {
    forgets: 'the suppression list',
    breaks: 'I2',
    mutant: breaking(({ suppressions }) => ({ suppressions: { ...suppressions, find: async () => undefined } })),
  },
  {
    forgets: 'who is held out',
    breaks: 'I5',
    mutant: breaking(({ ledger, customers }) => ({
      ledger: { ...ledger, create: (send) => ledger.create(mailedAnyway(send)) },
      customers: {
        ...customers,
        putEnrolment: (store, id, enrolment) => customers.putEnrolment(store, id, { ...enrolment, arm: 'mailed' }),
      },
    })),
  },
  {
    forgets: 'that a visit is counted once',
    breaks: 'I6-counters',
    mutant: { useCases: { relay: (deps, pairs) => useCases.relay(deps, pairs.map(forgottenVersion)) } },
  },
  {
    forgets: 'to write the mail before the visit is settled',
    breaks: 'lost',
    mutant: {
      useCases: {
        enrolCustomer: async (deps, call, now) => {
          const { visits } = await deps.customers.load(call.store, call.customer, 'whole');
          for (const { visit } of visits) await deps.customers.settleVisit(call.store, call.customer, visit);
          await useCases.enrolCustomer(deps, call, now);
        },
      },
    },
  },
  {
    forgets: 'an order that failed once',
    breaks: 'I7',
    mutant: {
      useCases: {
        react: async (deps, calls, now) => {
          await useCases.react(deps, calls, now);
          return [];
        },
        reactToMessages: async (...asked) => {
          await useCases.reactToMessages(...asked);
          return { batchItemFailures: [] };
        },
      },
    },
  },
  {
    forgets: 'that logs name nobody',
    breaks: 'I8',
    mutant: {
      useCases: {
        sendToCustomer: async (deps, call, now) => {
          const { customer } = await deps.customers.load(call.store, call.customer, 'whole');
          deps.log.error('sending', { to: customer?.profile.email ?? '' });
          await useCases.sendToCustomer(deps, call, now);
        },
      },
    },
  },
  {
    forgets: 'that orders name the erased',
    breaks: 'I8-erased',
    mutant: breaking(({ intake }) => ({ intake: { ...intake, redactOrder: async () => undefined } })),
  },
  {
    forgets: 'to settle what a lease left behind',
    breaks: 'I9',
    mutant: {
      useCases: {
        sweep: (deps, now) => useCases.sweep({ ...deps, ledger: { ...deps.ledger, load: async () => undefined } }, now),
        drain: (deps, call, now) =>
          useCases.drain({ ...deps, ledger: { ...deps.ledger, load: async () => undefined } }, call, now),
        takeFeedback: async () => undefined,
      },
    },
  },
  {
    forgets: 'that a batch holds messages nobody can read',
    breaks: 'I7-poison',
    mutant: {
      useCases: {
        reactToMessages: async (deps, log, records, now) => {
          for (const { body } of records) JSON.parse(body);
          return useCases.reactToMessages(deps, log, records, now);
        },
      },
    },
  },
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

const triedAgain = (send: Send): Send =>
  send.state.status === 'unknown' ? { ...send, state: { status: 'pending' }, dueAt: send.state.since } : send;

const mailedAnyway = (send: Send): Send =>
  send.state.status === 'skipped' && send.state.reason === 'holdout'
    ? { ...send, state: { status: 'pending' }, dueAt: send.plannedAt }
    : send;

/** Every visit under a number of its own. */
let visit = 1_000;
const forgottenVersion = <P extends Readonly<{ after: Customer }>>(pair: P): P => ({
  ...pair,
  after: { ...pair.after, visit: pair.after.visit + visit++ },
});

/** By then each of them has been caught. */
const mostSeeds = 200;

describe('a program that forgets', () => {
  for (const { forgets, breaks, mutant, where } of mutants)
    it(`${forgets} breaks ${breaks}, and is caught`, async () => {
      let broken: readonly string[] = [];
      for (let seed = 1, played = 0; !broken.includes(breaks) && played < mostSeeds; seed++) {
        const scenario = scenarioOf(seed);
        if (where !== undefined && scenario.items.every(({ type }) => type !== where)) continue;
        played++;
        broken = (await runScenario(scenario, { mutant })).violations.map(({ id }) => id);
      }
      expect(broken).toContain(breaks);
    });

  it('is told with the least that breaks the rule, and how to see it again', async () => {
    const [forgetful] = mutants;
    const { failures } = await runSeeds({ from: 1, seeds: 400, maxFailures: 1, mutant: forgetful?.mutant ?? {} });
    const [failure] = failures;
    const rule = failure?.violation.id;
    expect(['I2', 'topics']).toContain(rule);
    const all = scenarioOf(failure?.seed ?? 0).items.length;
    expect(failure?.shrunk.scenario.items.length).toBeLessThan(Math.max(5, all / 2));
    expect(failure?.shrunk.outcome.violations.map(({ id }) => id)).toContain(rule);
  });
});
