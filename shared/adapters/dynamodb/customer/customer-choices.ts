import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Contact, noContact } from '../../../domain/customers/contact.ts';
import { LifecycleError } from '../../../domain/errors.ts';
import { narrowerChoice } from '../../../domain/restore/narrower-choice.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { listOf, number, text } from '../codec/codec.ts';
import { identityAttributes, keyAttributes } from '../codec/item.ts';
import { updateItem } from '../conditional.ts';
import { confirmedShape, contactNames, readContact } from '../items/contact-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

type Choices = Pick<CustomerStore, 'confirmConsent' | 'putPreferences' | 'narrowPreferences'>;

const topics = listOf(text);
const identity = () => {
  const { entity, v } = identityAttributes('CONTACT');
  return { ':entity': entity, ':v': v, ':one': { N: '1' } };
};
const names = { '#entity': 'entity', '#v': 'v', '#n': contactNames.version };
const contactOf = (store: string, customerId: string) =>
  keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact });

type Preferences = Parameters<CustomerStore['putPreferences']>[2];

const choosing = ({ topicsOff = [], monthlySince, chosenAt }: Preferences) => {
  const dates = [
    { name: '#mo', attribute: contactNames.monthlySince, at: monthlySince },
    { name: '#ch', attribute: contactNames.chosenAt, at: chosenAt },
  ];
  const set = dates.flatMap(({ name, at }) => (at === undefined ? [] : `, ${name} = :${name.slice(1)}`));
  const gone = dates.flatMap(({ name, at }) => (at === undefined ? name : []));
  return {
    UpdateExpression: `SET #entity = :entity, #v = :v, #to = :to${set.join('')}${gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : ''} ADD #n :one`,
    ExpressionAttributeNames: {
      ...names,
      '#to': contactNames.topicsOff,
      ...Object.fromEntries(dates.map(({ name, attribute }) => [name, attribute])),
    },
    ExpressionAttributeValues: {
      ...identity(),
      ':to': topics.encode(topicsOff),
      ...Object.fromEntries(
        dates.flatMap(({ name, at }) => (at === undefined ? [] : [[`:${name.slice(1)}`, number.encode(at)]])),
      ),
    },
  };
};

const maxAttempts = 8;

/** What the page wrote meanwhile is read again: a choice made now is never written over. */
const unlessMoved = (update: ReturnType<typeof choosing>, { version }: Contact) => ({
  ...update,
  ConditionExpression: version === 0 ? 'attribute_not_exists(#n)' : '#n = :seen',
  ExpressionAttributeValues: {
    ...update.ExpressionAttributeValues,
    ...(version === 0 ? {} : { ':seen': number.encode(version) }),
  },
});

const contended = (key: string) =>
  new LifecycleError(
    'write.contended',
    `cannot narrow a choice: 'version' must stand still, got ${maxAttempts} conflicts`,
    { key, attempts: maxAttempts },
  );

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
  async putPreferences(store, customerId, preferences) {
    await updateItem(table, { Key: contactOf(store, customerId), ...choosing(preferences) });
  },
  async narrowPreferences(store, customerId, logged) {
    const Key = contactOf(store, customerId);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const read = { TableName: table.name, Key, ConsistentRead: true };
      const { Item } = await table.client.send(new GetItemCommand(read));
      const there = Item === undefined ? noContact : readContact(Item);
      const narrowed = narrowerChoice(there, logged);
      if (narrowed === undefined) return;
      if ((await updateItem(table, { Key, ...unlessMoved(choosing(narrowed), there) })).type === 'written') return;
    }
    throw contended(customerId);
  },
});
