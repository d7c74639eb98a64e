import { LifecycleError } from '../../../domain/errors.ts';
import type { ItemKey } from '../keys.ts';
import { type Attributes, DecodeFault } from './codec.ts';
import type { Shape } from './shape.ts';

/** The kind of an item, on every item as `entity`: stream filters and readers tell items apart by it. */
export type Entity =
  | 'ORDER'
  | 'REFUND'
  | 'EVENT'
  | 'EVENT_SEEN'
  | 'IDENT'
  | 'CUSTOMER'
  | 'ORDER_ROW'
  | 'CONTACT'
  | 'VISIT'
  | 'ENROL'
  | 'SEND'
  | 'CONSENT'
  | 'SUPPRESSION'
  | 'LIFTING'
  | 'COUNT'
  | 'STORE'
  | 'STORE_NAME'
  | 'ADOPTION'
  | 'LIFECYCLE'
  | 'FIT'
  | 'REBASE'
  | 'RECONCILE'
  | 'RESTORE'
  | 'LOGGED_ERASURE'
  | 'LOGGED_SUPPRESSION'
  | 'LOGGED_WITHDRAWAL'
  | 'BREAKER'
  | 'PACE'
  | 'QUARANTINE';

const schemaVersion = '1';

export const keyAttributes = ({ pk, sk }: ItemKey): Attributes => ({ pk: { S: pk }, sk: { S: sk } });

/** Attributes that say what an item is, for writers that update instead of put. */
export const identityAttributes = (entity: Entity): Readonly<{ entity: { S: string }; v: { N: string } }> => ({
  entity: { S: entity },
  v: { N: schemaVersion },
});

export type ItemCodec<T> = Readonly<{
  entity: Entity;
  write(key: ItemKey, value: T, extra?: Attributes): Attributes;
  /** @throws {LifecycleError} `store.corrupt-item` naming the item and the field. */
  read(item: Attributes): T;
}>;

const checkIdentity = (entity: Entity, item: Attributes): void => {
  if (item['entity']?.S !== entity) throw new DecodeFault('entity');
  if (item['v']?.N !== schemaVersion) throw new DecodeFault('v');
};

export const corruptItem = (item: Attributes, field: string, cause?: unknown): LifecycleError<'store.corrupt-item'> => {
  const details = { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '', field };
  const entity = item['entity']?.S ?? 'unnamed';
  const message = `cannot read ${entity} item: '${field}' must be as this version writes it, got something else`;
  return new LifecycleError('store.corrupt-item', message, details, cause);
};

/** The codec of whole items: key, entity and schema version around the attributes of `shape`. */
export const itemOf = <T>(entity: Entity, shape: Pick<Shape<T>, 'write' | 'read'>): ItemCodec<T> => ({
  entity,
  write: (key, value, extra) => ({
    ...keyAttributes(key),
    ...identityAttributes(entity),
    ...shape.write(value),
    ...extra,
  }),
  read: (item) => {
    try {
      checkIdentity(entity, item);
      return shape.read(item);
    } catch (fault) {
      if (fault instanceof DecodeFault) throw corruptItem(item, fault.field, fault);
      throw fault;
    }
  },
});
