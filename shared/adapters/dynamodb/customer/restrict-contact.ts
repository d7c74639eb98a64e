import type { CustomerId } from '../../../domain/customers/customer.ts';
import type { StoreId } from '../../../domain/store.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import type { Attributes } from '../codec/codec.ts';
import { identityAttributes, keyAttributes } from '../codec/item.ts';
import { updateItem } from '../conditional.ts';
import { contactNames } from '../items/contact-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

type Restriction = Parameters<CustomerStore['restrictContact']>[2];
const dates = ['optedOutAt', 'complainedAt', 'suppressedAt', 'liftedAt', 'erasedAt'] as const;

/** One UpdateItem that moves the dates given, only if all of them move forward. */
const moveForward = (restriction: Restriction) => {
  const given = dates.flatMap((date) => {
    const at = restriction[date];
    return at === undefined ? [] : [{ name: contactNames[date], value: { N: String(at) } }];
  });
  const by = restriction.suppressedAt !== undefined ? restriction.suppressedBy : undefined;
  const written = [...given, ...(by ? [{ name: contactNames.suppressedBy, value: { S: by } }] : [])];
  const values: Attributes = { ':one': { N: '1' } };
  for (const { name, value } of written) values[`:${name}`] = value;
  const { entity, v } = identityAttributes('CONTACT');
  return {
    UpdateExpression: `SET #entity = :entity, #v = :v, ${written.map(({ name }) => `#${name} = :${name}`).join(', ')} ADD #n :one`,
    ConditionExpression: given
      .map(({ name }) => `(attribute_not_exists(#${name}) OR #${name} < :${name})`)
      .join(' AND '),
    ExpressionAttributeNames: {
      '#entity': 'entity',
      '#v': 'v',
      '#n': contactNames.version,
      ...Object.fromEntries(written.map(({ name }) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: { ':entity': entity, ':v': v, ...values },
  };
};

/** Each date with what belongs to it, on its own. */
const apart = (restriction: Restriction): readonly Restriction[] =>
  dates.flatMap((date) => {
    const at = restriction[date];
    if (at === undefined) return [];
    const by = date === 'suppressedAt' && restriction.suppressedBy;
    return [{ [date]: at, ...(by && { suppressedBy: by }) }];
  });

/**
 * The only write of the unsubscribe function: UpdateItem on CONTACT, whether that exists or not. Where one of several
 * dates is already later, each is moved on its own; a refused condition then means that the later date stands.
 */
export const restrictContact = async (
  table: DynamoTable,
  store: StoreId,
  customerId: CustomerId,
  restriction: Restriction,
): Promise<void> => {
  const Key = keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact });
  const parts = apart(restriction);
  if (parts.length === 0) return;
  const together = await updateItem(table, { Key, ...moveForward(restriction) });
  if (together.type === 'written' || parts.length === 1) return;
  for (const part of parts) await updateItem(table, { Key, ...moveForward(part) });
};
