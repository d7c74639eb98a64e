import type { CustomerStore } from '../../../ports/customer-store.ts';
import { listOf, number, text } from '../codec/codec.ts';
import { identityAttributes, keyAttributes } from '../codec/item.ts';
import { updateItem } from '../conditional.ts';
import { confirmedShape, contactNames } from '../items/contact-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

type Choices = Pick<CustomerStore, 'confirmConsent' | 'putPreferences'>;

const topics = listOf(text);
const identity = () => {
  const { entity, v } = identityAttributes('CONTACT');
  return { ':entity': entity, ':v': v, ':one': { N: '1' } };
};
const names = { '#entity': 'entity', '#v': 'v', '#n': contactNames.version };
const contactOf = (store: string, customerId: string) =>
  keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact });

/** What customers say on pages of ours: each one UpdateItem on CONTACT, whether that exists or not. */
export const customerChoices = (table: DynamoTable): Choices => ({
  async confirmConsent(store, customerId, confirmed) {
    await updateItem(table, {
      Key: contactOf(store, customerId),
      UpdateExpression: 'SET #entity = :entity, #v = :v, #cf = :cf ADD #n :one',
      ConditionExpression: 'attribute_not_exists(#cf) OR #cf.#at < :at',
      ExpressionAttributeNames: { ...names, '#cf': contactNames.confirmed, '#at': 'a' },
      ExpressionAttributeValues: {
        ...identity(),
        ':cf': confirmedShape.encode(confirmed),
        ':at': number.encode(confirmed.at),
      },
    });
  },
  async putPreferences(store, customerId, { topicsOff = [], monthlySince }) {
    const monthly = monthlySince === undefined ? undefined : { ':mo': number.encode(monthlySince) };
    await updateItem(table, {
      Key: contactOf(store, customerId),
      UpdateExpression: `SET #entity = :entity, #v = :v, #to = :to${monthly ? ', #mo = :mo' : ' REMOVE #mo'} ADD #n :one`,
      ExpressionAttributeNames: { ...names, '#to': contactNames.topicsOff, '#mo': contactNames.monthlySince },
      ExpressionAttributeValues: { ...identity(), ':to': topics.encode(topicsOff), ...monthly },
    });
  },
});
