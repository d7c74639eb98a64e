import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { answer } from '../../../functions/admin/answer.ts';
import type { AdminDeps } from '../../../functions/admin/deps.ts';
import { memoryCounters } from '../../../shared/adapters/memory/memory-counters.ts';
import { memoryCustomerStore } from '../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDefinitionStore } from '../../../shared/adapters/memory/memory-definition-store.ts';
import { memoryIdentityStore } from '../../../shared/adapters/memory/memory-identity-store.ts';
import { memoryIntakeStore } from '../../../shared/adapters/memory/memory-intake-store.ts';
import { memorySendLedger } from '../../../shared/adapters/memory/memory-send-ledger.ts';
import { memoryStoreCatalogue } from '../../../shared/adapters/memory/memory-store-catalogue.ts';
import { memorySuppressionList } from '../../../shared/adapters/memory/memory-suppression-list.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { memoryCustomerRoll } from '../../../shared/adapters/memory/store/memory-customer-roll.ts';
import { memoryRebases } from '../../../shared/adapters/memory/store/memory-rebases.ts';
import { memoryReconciles } from '../../../shared/adapters/memory/store/memory-reconciles.ts';
import { memoryRestores } from '../../../shared/adapters/memory/store/memory-restores.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { addressHash, emailIdentity } from '../../../shared/domain/identity/identities.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';

export const now: EpochMs = Date.UTC(2026, 2, 10, 12);
export const createdAt: EpochMs = now - days(9);
export const key = new Uint8Array(32).fill(7);

export const demo: StoreSettings = {
  id: 'demo',
  name: 'Harbour & Pine',
  currency: 'GBP',
  timeZone: 'Europe/London',
  horizonDays: 90,
  rhythm: 'normal',
  buyersWithoutOptIn: 'never',
  pendingCounts: false,
  exclude: { tags: ['staff'] },
  rewardCodes: { loyalty: 'THANKS' },
  activeCampaigns: ['welcome'],
  createdAt,
};

export const ada: Customer = {
  store: 'demo',
  customerId: 'ada-1',
  version: 1,
  firstSeenAt: now - days(200),
  experimentKey: 'ada-1',
  generation: 1,
  identities: [],
  profile: { email: 'ada@example.com', firstName: 'Ada', country: 'GB', tags: ['vip'] },
  profileAt: now - days(30),
  consent: { state: 'granted', at: now - days(200), basis: 'express', statement: 'st-1' },
  history: {
    orders: 2,
    counted: 2,
    placed: 2,
    revenueMinor: 12_050,
    refundedMinor: 0,
    firstRevenueMinor: 0,
    grossMinor: 12_050,
    unconverted: 0,
    firstAt: now - days(200),
    lastAt: now - days(30),
    previousAt: now - days(200),
    recent: [now - days(200)],
    fresh: [],
  },
  stage: 'active',
  visit: 2,
  from: 'new',
  since: now - days(30),
  decidedAt: now - days(30),
  cause: 'order',
  causeOrder: 'standard:1002',
  wakeAt: now + days(64),
  decidedUnder: { lifecycle: 1, fit: 0 },
};

export const skipped: Send = {
  sendId: 'send-1',
  store: 'demo',
  customerId: 'ada-1',
  campaign: 'upsell',
  campaignVersion: 1,
  step: 'goes-well-with',
  template: 'upsell/goes-well-with',
  occurrence: '2',
  class: 'marketing',
  priority: 40,
  byOwnAct: true,
  createdAt: now - days(30),
  plannedAt: now - days(20),
  notAfterMs: days(10),
  attempt: 0,
  version: 1,
  state: { status: 'skipped', reason: 'holdout', closedAt: now - days(20) },
  feedback: {},
};

/** The admin API over a table in memory, with one store and the means to fill it. */
export const adminScene = async () => {
  const table = memoryTable();
  const customers = memoryCustomerStore(table);
  const identities = memoryIdentityStore(table);
  const intake = memoryIntakeStore(table);
  const stores = memoryStoreCatalogue(table);
  const ledger = memorySendLedger(table);
  const suppressions = memorySuppressionList(table);
  await stores.put(demo);
  await suppressions.add('demo', addressHash(key, 'demo', bouncedAddress), { by: 'bounce', at: now - days(1) });
  const reactCalls: ReactCall[] = [];
  let sending: 'on' | 'paused' = 'on';
  const deps: AdminDeps = {
    react: { enqueue: async (calls) => void reactCalls.push(...calls) },
    customers,
    identities,
    intake,
    stores,
    counters: memoryCounters(table),
    definitions: memoryDefinitionStore(table),
    roll: memoryCustomerRoll(table),
    rebases: memoryRebases(table),
    reconciles: memoryReconciles(table),
    rebasePerMinute: 1_000,
    restores: memoryRestores(table),
    killSwitch: { isOn: async () => sending === 'paused' },
    secrets: { deploymentKey: async () => key },
    suppressions,
  };
  return {
    deps,
    reactCalls,
    setSending: (to: 'on' | 'paused'): void => {
      sending = to;
    },
    customers,
    intake,
    stores,
    ledger,
    suppressions,
    async add(customer: Customer, externalId: string) {
      await customers.save(customer);
      await identities.claim(customer.store, externalId, customer.customerId);
      const { email } = customer.profile;
      if (email !== undefined) {
        await identities.claim(customer.store, emailIdentity(key, customer.store, email), customer.customerId);
      }
    },
    ask: (request: Request) => ask(deps, request),
  };
};

export type Request = Readonly<{
  method?: string;
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  rawBody?: string;
  claims?: Record<string, unknown>;
}>;

/** The list keeps it from mail from the beginning. */
const bouncedAddress = 'bounced@example.com';

/** What calls with a body are sent. */
export const bodies: Readonly<Record<string, unknown>> = {
  lookupCustomer: { email: 'ada@example.com' },
  startReconcile: { since: '2026-03-09T12:00:00.000Z' },
  lookupSuppression: { email: 'ada@example.com' },
  liftSuppression: { email: bouncedAddress, because: 'mailbox was full' },
  putLifecycle: { name: 'two', stages: [{ id: 'back', when: 'orders >= 2' }, { id: 'new' }] },
  previewLifecycle: { yaml: 'lifecycle: two\nstages:\n  - back: orders >= 2\n  - new: otherwise\n' },
};

export const adminClaims = { perennial_role: 'admin', perennial_store: 'demo' };

const eventOf = ({ method = 'GET', path, query, body, rawBody, claims = adminClaims }: Request) => ({
  version: '2.0',
  routeKey: 'ANY /v1/{proxy+}',
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers: {},
  ...(query === undefined ? {} : { queryStringParameters: query }),
  ...(body === undefined && rawBody === undefined ? {} : { body: rawBody ?? JSON.stringify(body) }),
  isBase64Encoded: false,
  requestContext: {
    accountId: '000000000000',
    apiId: 'local',
    domainName: 'localhost',
    domainPrefix: 'localhost',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    requestId: 'r-1',
    routeKey: 'ANY /v1/{proxy+}',
    stage: '$default',
    time: '10/Mar/2026:12:00:00 +0000',
    timeEpoch: now,
    authorizer: { jwt: { claims, scopes: [] } },
  },
});

export const ask = async (deps: AdminDeps, request: Request) => {
  const event: APIGatewayProxyEventV2 = eventOf(request);
  const result = await answer(deps, event, now);
  return {
    status: result.statusCode ?? 0,
    type: String(result.headers?.['content-type']),
    headers: result.headers ?? {},
    body: JSON.parse(result.body ?? 'null'),
  };
};
