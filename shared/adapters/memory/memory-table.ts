import type { Enrolment } from '../../domain/campaigns/enrolment.ts';
import type { ConsentStatement } from '../../domain/consent/statement.ts';
import type { Contact } from '../../domain/customers/contact.ts';
import type { Customer } from '../../domain/customers/customer.ts';
import type { Suppression } from '../../domain/customers/suppression.ts';
import type { Visit } from '../../domain/customers/visit.ts';
import type { Adoption } from '../../domain/definitions/adoption.ts';
import type { Rebase } from '../../domain/definitions/rebase.ts';
import type { Lifting } from '../../domain/guardrails/lift-suppression.ts';
import type { CustomerEvent, QuarantineEntry } from '../../domain/intake/intake.ts';
import type { Order, Refund } from '../../domain/orders/order.ts';
import type { OrderRow } from '../../domain/orders/order-row.ts';
import type { Breaker } from '../../domain/pace/breaker.ts';
import type { Pace } from '../../domain/pace/pace.ts';
import type { Reconcile } from '../../domain/reconcile/reconcile.ts';
import type { Restore } from '../../domain/restore/restore.ts';
import type { Send } from '../../domain/sends/send.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { SavedFit, SavedLifecycle } from '../../ports/definition-store.ts';
import type { DueKind } from '../../ports/due-index.ts';
import type { ItemKey } from '../dynamodb/keys.ts';

/** What an item of each entity holds. */
type Values = {
  ORDER: Readonly<{ order: Order; version: string }>;
  REFUND: Refund;
  EVENT: CustomerEvent;
  EVENT_SEEN: Omit<CustomerEvent, 'body'>;
  QUARANTINE: QuarantineEntry;
  IDENT: Readonly<{ owner: string }>;
  CUSTOMER: Customer;
  CONTACT: Contact;
  ORDER_ROW: OrderRow;
  VISIT: Visit;
  ENROL: Enrolment;
  SEND: Send;
  CONSENT: ConsentStatement;
  SUPPRESSION: Suppression;
  LIFTING: Lifting;
  COUNT: Readonly<Record<string, number>>;
  STORE: StoreSettings;
  STORE_NAME: Readonly<Record<never, never>>;
  REBASE: Rebase;
  RECONCILE: Reconcile;
  RESTORE: Restore;
  BREAKER: Breaker;
  PACE: Pace;
  ADOPTION: Adoption;
  LIFECYCLE: SavedLifecycle;
  FIT: SavedFit;
};
type Entity = keyof Values;
type Due = Readonly<{ kind: DueKind; at: EpochMs }>;
type RowOf<E extends Entity> = Readonly<{ entity: E; key: ItemKey; value: Values[E]; due?: Due }>;
export type Row = { [E in Entity]: RowOf<E> }[Entity];

/** The single table of keys.ts, in this process. Every step is synchronous, so what runs between two awaits is atomic. */
export type MemoryTable = Readonly<{
  dueShards: number;
  get<E extends Entity>(entity: E, key: ItemKey): Values[E] | undefined;
  /** Keeps a frozen copy. */
  put<E extends Entity>(entity: E, key: ItemKey, value: Values[E], due?: Due): void;
  /** The items of one partition by sort key. */
  partition(pk: string): readonly Row[];
  rows(): Iterable<Row>;
  /** Items standing in the due index. */
  due(): Iterable<Row>;
}>;

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};

const bySk = (a: Row, b: Row): number => (a.key.sk < b.key.sk ? -1 : 1);

export const memoryTable = (options: Readonly<{ dueShards?: number }> = {}): MemoryTable => {
  const partitions = new Map<string, Map<string, Row>>();
  const due = new Map<string, Row>();
  return {
    dueShards: options.dueShards ?? 1,
    get: (entity, { pk, sk }) => {
      const row = partitions.get(pk)?.get(sk);
      // Sound: `put` is the only writer and stores each entity with its own value type.
      return row?.entity === entity ? (row as RowOf<typeof entity>).value : undefined;
    },
    put: (entity, key, value, dueEntry) => {
      const row = frozen({
        entity,
        key: { ...key },
        value: structuredClone(value),
        ...(dueEntry && { due: { ...dueEntry } }),
      }) as Row;
      const partition = partitions.get(key.pk) ?? new Map<string, Row>();
      partitions.set(key.pk, partition.set(key.sk, row));
      const name = `${key.pk}|${key.sk}`;
      if (row.due === undefined) due.delete(name);
      else due.set(name, row);
    },
    partition: (pk) => [...(partitions.get(pk)?.values() ?? [])].sort(bySk),
    rows: function* rows() {
      for (const partition of partitions.values()) yield* partition.values();
    },
    due: () => due.values(),
  };
};
