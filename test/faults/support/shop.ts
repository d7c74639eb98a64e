import { randomUUID } from 'node:crypto';
import type { IngestDeps } from '../../../functions/ingest/ingest-deps.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { PutOutcome } from '../../../shared/ports/order-store.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';
import { makeWorld } from '../../support/world.ts';
import {
  send,
  shopifyHeaders,
  shopifySecret,
  standardHeaders,
  standardSecret,
} from '../../unit/ingest/ingest-bench.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;

/** What ingest asks of the world, where an accepted write rings react as the stream would. */
const ingestDeps = ({ deps }: World, logged: string[]): IngestDeps => {
  const ring = async (writing: Promise<PutOutcome>, call: ReactCall): Promise<PutOutcome> => {
    const outcome = await writing;
    if (outcome.type === 'accepted') await deps.react.enqueue([call]);
    return outcome;
  };
  const { intake } = deps;
  const record = (message: string, fields: object = {}) => void logged.push(JSON.stringify({ message, ...fields }));
  return {
    secrets: {
      storeSecrets: async (store) =>
        store === 'demo' ? { shopify: [shopifySecret], standard: [standardSecret] } : undefined,
    },
    intake: {
      ...intake,
      putOrder: (order, version) => ring(intake.putOrder(order, version), { type: 'order', key: order }),
      putRefund: (refund) => ring(intake.putRefund(refund), { type: 'order', key: refund }),
      putEvent: (event) => ring(intake.putEvent(event), { type: 'event', ...event }),
    },
    stores: deps.catalogue,
    log: { warn: record, error: record },
  };
};

/** A shop from its webhooks to its mails, over the memory adapters: every delivery goes through the real use-cases. */
export const openShop = async (options: Parameters<typeof makeWorld>[0] = {}) => {
  const world = await makeWorld(options);
  const logged: string[] = [];
  const deps = ingestDeps(world, logged);
  const deliver = async (sent: Parameters<typeof send>[1], at: EpochMs = world.now()) => {
    const { status, body } = await send({ deps }, sent, at);
    await world.settle();
    return { code: status, ...body };
  };
  return {
    ...world,
    logged,
    deliver,
    /** A signed `standard` delivery; `signedAt` is what the sender's clock says. */
    standard: (
      message: unknown,
      { id = `msg_${randomUUID()}`, signedAt = world.now() }: Readonly<{ id?: string; signedAt?: EpochMs }> = {},
    ) => {
      const body = typeof message === 'string' ? message : JSON.stringify(message);
      return deliver({ source: 'standard', body, headers: standardHeaders(body, { id, at: signedAt }) });
    },
    shopify: (topic: string, payload: unknown) => {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const ids = { 'x-shopify-event-id': randomUUID(), 'x-shopify-webhook-id': randomUUID() };
      return deliver({ body, headers: { ...shopifyHeaders(body, topic), ...ids } });
    },
    rows: (...entities: readonly string[]) => [...world.table.rows()].filter(({ entity }) => entities.includes(entity)),
    adasHistory: async () => (await world.customerOf('standard:c-1'))?.customer?.history,
  };
};
export type Shop = Awaited<ReturnType<typeof openShop>>;

const iso = (at: EpochMs): string => new Date(at).toISOString();

/** A `standard` order of Ada's as her shop would tell it. */
export const standardOrderOf = (
  placedAt: EpochMs,
  { id = 'o-1', ...data }: Readonly<Record<string, unknown>> = {},
  type = 'order.updated',
) => ({
  type,
  data: {
    ...{ id, status: 'paid', currency: 'GBP', total: '48.00', placedAt: iso(placedAt), updatedAt: iso(placedAt) },
    customer: {
      ...{ id: 'c-1', email: 'ada@example.com', firstName: 'Ada', country: 'GB' },
      consent: { email: 'granted', at: iso(placedAt), source: 'checkout' },
    },
    ...data,
  },
});

/** The same order as Shopify tells it. */
export const shopifyOrderOf = (placedAt: EpochMs, data: object = {}) => ({
  ...{ id: 1001, currency: 'GBP', total_price: '48.00', financial_status: 'paid', email: 'ada@example.com' },
  ...{ created_at: iso(placedAt), updated_at: iso(placedAt), buyer_accepts_marketing: true },
  customer: { id: 7, email: 'ada@example.com', first_name: 'Ada' },
  ...data,
});
