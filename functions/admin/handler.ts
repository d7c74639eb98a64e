import middy from '@middy/core';
import { problemOnFault } from '../middleware/problem-on-fault.ts';
import { withNow } from '../middleware/with-now.ts';
import {
  wireClock,
  wireCounters,
  wireCustomerRoll,
  wireCustomerStore,
  wireDefinitions,
  wireIdentityStore,
  wireIntakeStore,
  wireKillSwitch,
  wireLog,
  wireReactCalls,
  wireRebasePerMinute,
  wireRebases,
  wireReconciles,
  wireRestores,
  wireSecrets,
  wireStoreCatalogue,
  wireSuppressionList,
} from '../wiring.ts';
import { answer } from './answer.ts';
import type { AdminDeps } from './deps.ts';

// once per cold start
const deps: AdminDeps = {
  customers: wireCustomerStore(),
  identities: wireIdentityStore(),
  intake: wireIntakeStore(),
  react: wireReactCalls(),
  stores: wireStoreCatalogue(),
  definitions: wireDefinitions(),
  roll: wireCustomerRoll(),
  rebases: wireRebases(),
  reconciles: wireReconciles(),
  rebasePerMinute: wireRebasePerMinute(),
  counters: wireCounters(),
  secrets: wireSecrets(),
  restores: wireRestores(),
  killSwitch: wireKillSwitch(),
  suppressions: wireSuppressionList(),
};

export const handler = middy()
  .use(problemOnFault(wireLog()))
  .handler(withNow(wireClock(), (event: Parameters<typeof answer>[1], now) => answer(deps, event, now)));
