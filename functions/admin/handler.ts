import middy from '@middy/core';
import { defaultCampaigns } from '../../shared/domain/campaigns/default-campaigns.ts';
import { ecommerce } from '../../shared/domain/lifecycle/ecommerce.ts';
import { problemOnFault } from '../middleware/problem-on-fault.ts';
import { withNow } from '../middleware/with-now.ts';
import {
  wireClock,
  wireCounters,
  wireCustomerStore,
  wireIdentityStore,
  wireIntakeStore,
  wireLog,
  wireSecrets,
  wireStoreCatalogue,
} from '../wiring.ts';
import { answer } from './answer.ts';
import type { AdminDeps } from './deps.ts';

// once per cold start
const deps: AdminDeps = {
  customers: wireCustomerStore(),
  identities: wireIdentityStore(),
  intake: wireIntakeStore(),
  stores: wireStoreCatalogue(),
  counters: wireCounters(),
  secrets: wireSecrets(),
  campaigns: defaultCampaigns,
  lifecycle: ecommerce,
};

export const handler = middy()
  .use(problemOnFault(wireLog()))
  .handler(withNow(wireClock(), (event: Parameters<typeof answer>[1], now) => answer(deps, event, now)));
