import { useCases } from '../../../infra/analysis/simulate/system/functions.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { breaking, type Forgetful } from './forgetful.ts';

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

/** What holds in every shop. */
export const ofPromises: readonly Forgetful[] = [
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
];
