import { enrolCustomer } from '../../functions/enrol/enrol-customer.ts';
import { type FailedCall, react } from '../../functions/react/react.ts';
import { keepLog, type LoggedPair } from '../../functions/relay/keep-log.ts';
import { type CustomerPair, relay } from '../../functions/relay/relay.ts';
import { sendToCustomer } from '../../functions/send/send-to-customer.ts';
import { rebasePages } from '../../functions/sweep/rebase-page.ts';
import { reconcilePages } from '../../functions/sweep/reconcile-page.ts';
import { restorePages } from '../../functions/sweep/restore-page.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { customerOfPk, type ItemKey, suppressionOfPk } from '../../shared/adapters/dynamodb/keys.ts';
import { memoryCustomerStore } from '../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDefinitionStore } from '../../shared/adapters/memory/memory-definition-store.ts';
import { memoryDueIndex } from '../../shared/adapters/memory/memory-due-index.ts';
import { memoryErasureLog } from '../../shared/adapters/memory/memory-erasure-log.ts';
import { memoryIdentityStore } from '../../shared/adapters/memory/memory-identity-store.ts';
import { memoryIntakeStore } from '../../shared/adapters/memory/memory-intake-store.ts';
import { memorySendLedger } from '../../shared/adapters/memory/memory-send-ledger.ts';
import { memoryStoreCatalogue } from '../../shared/adapters/memory/memory-store-catalogue.ts';
import { memorySuppressionList } from '../../shared/adapters/memory/memory-suppression-list.ts';
import { type MemoryTable, memoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { memoryCustomerRoll } from '../../shared/adapters/memory/store/memory-customer-roll.ts';
import { memoryRebases } from '../../shared/adapters/memory/store/memory-rebases.ts';
import { memoryReconciles } from '../../shared/adapters/memory/store/memory-reconciles.ts';
import { memoryRestores } from '../../shared/adapters/memory/store/memory-restores.ts';
import { memoryStoreList } from '../../shared/adapters/memory/store/memory-store-list.ts';
import { memoryTableWalk } from '../../shared/adapters/memory/store/memory-table-walk.ts';
import type { BusFact } from '../../shared/domain/bus-fact.ts';
import { defaultCampaigns } from '../../shared/domain/campaigns/default-campaigns.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { CustomerSnapshot } from '../../shared/domain/customers/profile.ts';
import type { CustomerEvent } from '../../shared/domain/intake/intake.ts';
import type { Order } from '../../shared/domain/orders/order.ts';
import { orderVersion } from '../../shared/domain/orders/order-version.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { days, type EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DueIndex } from '../../shared/ports/due-index.ts';
import type { ErasureLog } from '../../shared/ports/erasure-log.ts';
import type { Mail } from '../../shared/ports/mailer.ts';
import type { ReactCall } from '../../shared/ports/react-calls.ts';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';
import { start } from './customers.ts';

export const shop: StoreSettings = {
  id: 'demo',
  name: 'Harbour & Pine',
  currency: 'GBP',
  timeZone: 'Europe/London',
  from: 'Harbour & Pine <hello@harbour.example>',
  postalAddress: '1 Quay Street\nBristol',
  siteUrl: 'https://harbour.example',
  horizonDays: 90,
  rhythm: 'normal',
  buyersWithoutOptIn: 'never',
  pendingCounts: false,
  exclude: {},
  rewardCodes: { loyalty: 'THANKYOU' },
  activeCampaigns: defaultCampaigns.map(({ id }) => id),
  createdAt: start,
};

/** A mail that left, and when. */
export type SentMail = Mail & Readonly<{ at: EpochMs }>;

/** The whole way from order to mail over the memory adapters: every hand-over goes through the same use-cases as on AWS. */
export const makeWorld = async (
  options: Readonly<{
    store?: Partial<StoreSettings>;
    reject?: (mail: Mail) => string | undefined;
    /** A table that is there already, such as an older copy, with its log and the hour. */
    there?: Readonly<{ table: MemoryTable; erasureLog: ErasureLog; at: EpochMs }>;
  }> = {},
) => {
  const logged: LoggedPair[] = [];
  const table = watched(options.there?.table ?? memoryTable(), logged);
  const pairs: CustomerPair[] = [];
  const facts: BusFact[] = [];
  const mails: SentMail[] = [];
  const store = { ...shop, ...options.store };
  const customers = rememberingPairs(memoryCustomerStore(table), pairs);
  const key = new Uint8Array(32).fill(7);
  let now = options.there?.at ?? start;
  let isStopped = false;
  let enrolCalls: CustomerCall[] = [];
  let sendCalls: CustomerCall[] = [];
  let reactCalls: ReactCall[] = [];
  let down: ReadonlySet<'react' | 'relay'> = new Set();
  const deps = {
    intake: memoryIntakeStore(table),
    identities: memoryIdentityStore(table),
    ledger: memorySendLedger(table),
    due: withoutLeases(memoryDueIndex(table)),
    catalogue: memoryStoreCatalogue(table),
    definitions: memoryDefinitionStore(table),
    suppressions: memorySuppressionList(table),
    roll: memoryCustomerRoll(table),
    rebases: memoryRebases(table),
    reconciles: memoryReconciles(table),
    restores: memoryRestores(table),
    storeList: memoryStoreList(table),
    erasureLog: options.there?.erasureLog ?? memoryErasureLog(),
    killSwitch: { isOn: async () => isStopped },
    walk: memoryTableWalk(table),
    rebasePerMinute: 1_000,
    secrets: { deploymentKey: async () => key },
    bus: { publish: async (published: readonly BusFact[]) => void facts.push(...published) },
    apiUrl: 'https://api.example',
    log: { error: () => undefined },
    mailer: {
      send: async (mail: Mail) => {
        const code = options.reject?.(mail);
        if (code !== undefined) return { type: 'refused', code, retry: 'never' } as const;
        mails.push({ ...mail, at: now });
        return { type: 'accepted', messageId: `m-${mails.length}` } as const;
      },
    },
    customers,
    send: { enqueue: async (calls: readonly CustomerCall[]) => void sendCalls.push(...calls) },
    enrol: { enqueue: async (calls: readonly CustomerCall[]) => void enrolCalls.push(...calls) },
    react: { enqueue: async (calls: readonly ReactCall[]) => void reactCalls.push(...calls) },
  };
  if (options.there === undefined) await deps.catalogue.put(store);

  const wantsEnrol = (fact: BusFact): boolean =>
    fact.type === 'stage-changed' ||
    (fact.type === 'consent-granted' && fact.placed === 0) ||
    fact.type === 'customer-merged' ||
    (fact.type === 'order-counted' && fact.delivered);

  /** What came second is tried again, as its queue would; a fault that stays is the test's. */
  const again = async (failed: readonly FailedCall[]): Promise<void> => {
    for (const { call } of failed) for (const { error } of await react(deps, [call], now)) throw error;
  };

  /** Works until nothing is queued: what streams, rules and queues do. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const calls = down.has('react') ? [] : reactCalls.splice(0);
      await again(await react(deps, calls, now));
      if (!down.has('relay')) {
        for (const pair of logged.splice(0)) await keepLog(deps, pair);
        await relay(deps, pairs.splice(0));
      }
      enrolCalls.push(...facts.splice(0).filter(wantsEnrol));
      const looks = enrolCalls;
      enrolCalls = [];
      for (const call of looks) await enrolCustomer(deps, call, now);
      const sends = sendCalls;
      sendCalls = [];
      for (const call of sends) await sendToCustomer(deps, call, now);
      const unread =
        (down.has('react') ? 0 : reactCalls.length) + (down.has('relay') ? 0 : pairs.length + logged.length);
      if (unread + enrolCalls.length + sendCalls.length === 0) return;
    }
  };

  const tick = async (): Promise<EpochMs | undefined> => {
    const nextDueAt = await ticked();
    await settle();
    return nextDueAt;
  };

  /** What the sweep function does with a tick. */
  const ticked = async (): Promise<EpochMs | undefined> => {
    const swept = await sweep(deps, now, async () => isStopped);
    const others = [await rebasePages(deps, now), await reconcilePages(deps, now), await restorePages(deps, now)];
    const [fault] = [swept, ...others].flatMap(({ faults }) => faults);
    if (fault !== undefined) throw fault;
    const next = [swept, ...others].flatMap(({ nextDueAt }) => nextDueAt ?? []);
    return next.length === 0 ? undefined : Math.min(...next);
  };

  return {
    deps,
    store,
    mails,
    table,
    now: () => now,
    settle,
    /** The kill switch. */
    setSending: (sending: 'on' | 'paused'): void => {
      isStopped = sending === 'paused';
    },
    /** What the stream held and nobody read in time is gone. */
    trimStream: (readers: readonly ('react' | 'relay')[]): void => {
      if (readers.includes('react')) reactCalls = [];
      if (!readers.includes('relay')) return;
      pairs.length = 0;
      logged.length = 0;
    },
    /** The reader of the stream is down, or up again. */
    setDown: (readers: readonly ('react' | 'relay')[]): void => {
      down = new Set(readers);
    },
    /** Moves time, minute by minute in effect: every instant at which something is due gets its tick. */
    advanceTo: async (until: EpochMs): Promise<void> => {
      for (;;) {
        let next = await tick();
        while (next !== undefined && next <= now) next = await tick();
        const upcoming = await ticked();
        await settle();
        if (upcoming === undefined || upcoming > until) break;
        now = Math.max(now, upcoming);
      }
      now = Math.max(now, until);
      await tick();
    },
    /** An order comes in now, as a webhook would bring it. */
    order: async (order: Order): Promise<void> => {
      if ((await deps.intake.putOrder(order, orderVersion(order))).type === 'accepted')
        reactCalls.push({ type: 'order', key: order });
      await settle();
    },
    /** The doorbell rings again without cause. */
    ringAgain: async (order: Order): Promise<void> => {
      reactCalls.push({ type: 'order', key: order });
      await settle();
    },
    event: async (event: CustomerEvent): Promise<void> => {
      await deps.intake.putEvent(event);
      reactCalls.push({ type: 'event', store: event.store, source: event.source, eventId: event.eventId });
      await settle();
    },
    customerOf: async (identity: string) => {
      const id = await deps.identities.find(store.id, identity);
      return id === undefined ? undefined : customers.load(store.id, id, 'whole');
    },
  };
};

/** Here a tick comes at every instant at which something is due, not once a minute, so none may wait for the lease of another. */
const withoutLeases = (due: DueIndex): DueIndex => ({
  ...due,
  lease: async (_page, { now }) => ({ startedAt: now, handed: 0 }),
  release: async () => undefined,
});

/** The stream as the log sees it: every write of a customer, a contact or a suppression. */
const watched = (table: MemoryTable, logged: LoggedPair[]): MemoryTable => ({
  ...table,
  put(entity, key, value, due) {
    const before = table.get(entity, key);
    table.put(entity, key, value, due);
    const pair = loggedPair(entity, key, before, table.get(entity, key));
    if (pair !== undefined) logged.push(pair);
  },
});

const loggedPair = (entity: string, { pk }: ItemKey, before: unknown, after: unknown): LoggedPair | undefined => {
  // Sound: the table keeps each entity with values of its own type.
  const pair = { before, after, ...(customerOfPk(pk) ?? suppressionOfPk(pk)) } as object;
  if (entity === 'CUSTOMER') return { type: 'customer', ...pair } as LoggedPair;
  if (entity === 'CONTACT') return { type: 'contact', ...pair } as LoggedPair;
  return entity === 'SUPPRESSION' ? ({ type: 'suppression', ...pair } as LoggedPair) : undefined;
};

/** The stream: every committed write of a customer, as a pair of images. */
const rememberingPairs = (customers: CustomerStore, pairs: CustomerPair[]): CustomerStore => {
  const remember = async <T extends Readonly<{ type: string }>>(id: Customer, write: () => Promise<T>): Promise<T> => {
    const before = (await customers.load(id.store, id.customerId, 'decision')).customer;
    const outcome = await write();
    const after = (await customers.load(id.store, id.customerId, 'decision')).customer;
    if (outcome.type === 'saved' && after !== undefined)
      pairs.push(before === undefined ? { after } : { before, after });
    return outcome;
  };
  return {
    ...customers,
    save: (customer) => remember(customer, () => customers.save(customer)),
  };
};

export const ada: CustomerSnapshot = {
  externalId: 'c-1',
  email: 'ada@example.com',
  firstName: 'Ada',
  country: 'GB',
  consent: { state: 'granted', at: start - days(1), basis: 'express', source: 'checkout' },
};

/** A paid order of Ada's, changed as told. */
export const anOrder = (change: Partial<Order> & Readonly<{ orderId: string; placedAt: EpochMs }>): Order => ({
  store: 'demo',
  source: 'standard',
  status: 'paid',
  kind: 'one_time',
  channel: 'online',
  currency: 'GBP',
  totalMinor: 4_800,
  refundedMinor: 0,
  test: false,
  updatedAt: change.placedAt,
  discounts: [],
  customer: ada,
  lines: [],
  linesDropped: 0,
  ...change,
});
