import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Contact } from '../../domain/customers/contact.ts';
import { isClosed, type Send } from '../../domain/sends/send.ts';
import type { LedgerOutcome, SeenContact, SendLedger, UpdateOptions } from '../../ports/send-ledger.ts';
import { type BadNews, newsMoves, sendMoves, sentMove } from '../counter-moves.ts';
import { sendDue } from '../send-due.ts';
import type { Attributes } from './codec/codec.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { type Condition, conditioned, ifAbsent, ifVersionBefore, putItem } from './conditional.ts';
import { counterUpdates, countMove } from './counters.ts';
import { contactNames, slotName, writeContact } from './items/contact-item.ts';
import { readSend, sendKey, sendNames, writeSend } from './items/send-item.ts';
import { customerPk, customerSk, type ItemKey } from './keys.ts';
import { dueAttributes, type ShardedTable } from './table.ts';
import { transact } from './transact.ts';

const contactKey = ({ store, customerId }: Send): ItemKey => ({
  pk: customerPk(store, customerId),
  sk: customerSk.contact,
});

const itemOfSend = (table: ShardedTable, send: Send): Attributes =>
  writeSend(send, dueAttributes(table, sendKey(send), sendDue(send)));

const putOf = (table: ShardedTable, Item: Attributes, condition: Condition): TransactWriteItem => ({
  Put: { TableName: table.name, Item, ...conditioned(condition), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
});

const countersOf = (
  table: ShardedTable,
  before: Send | undefined,
  send: Send,
  news?: BadNews,
): readonly TransactWriteItem[] =>
  counterUpdates(table, send.store, send.customerId, [...sendMoves(before, send), ...newsMoves(news)]);

const create = async (table: ShardedTable, send: Send): Promise<LedgerOutcome> => {
  const item = itemOfSend(table, send);
  const written = isClosed(send)
    ? await transact(table, [putOf(table, item, ifAbsent), ...countersOf(table, undefined, send)])
    : await putItem(table, item, ifAbsent);
  return written.type === 'written' ? { type: 'saved' } : { type: 'stale' };
};

const ifStatus = (send: Send, status: Send['state']['status']): Condition => {
  const { expression, names, values } = ifVersionBefore(send.version, sendNames.version);
  return {
    expression: `${expression} AND #status = :status`,
    names: { ...names, '#status': sendNames.status },
    values: { ...values, ':status': { S: status } },
  };
};

const unmoved = (table: ShardedTable, { store }: Send, { customerId, version }: SeenContact): TransactWriteItem => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keyAttributes({ pk: customerPk(store, customerId), sk: customerSk.contact }),
    ...conditioned(ifVersionBefore(version + 1, contactNames.version)),
  },
});

/**
 * `pending -> sending` and CONTACT, or neither. CONTACT is replaced as a whole: its version tells that nothing in it
 * has moved since the guardrails read it.
 */
const reserve = async (
  table: ShardedTable,
  send: Send,
  contact: Contact,
  others: readonly SeenContact[],
): Promise<LedgerOutcome> => {
  const written = await transact(table, [
    putOf(table, itemOfSend(table, send), ifStatus(send, 'pending')),
    putOf(table, writeContact(contactKey(send), contact), ifVersionBefore(contact.version, contactNames.version)),
    ...others.map((other) => unmoved(table, send, other)),
  ]);
  if (written.type === 'written') return { type: 'saved' };
  return { type: written.verdicts[0]?.refused ? 'stale' : 'refused' };
};

const givenBack = (table: ShardedTable, send: Send): TransactWriteItem => {
  const { entity, v } = identityAttributes('CONTACT');
  return {
    Update: {
      TableName: table.name,
      Key: keyAttributes(contactKey(send)),
      UpdateExpression: 'SET #entity = :entity, #v = :v REMOVE #slot ADD #n :one',
      ExpressionAttributeNames: {
        '#entity': 'entity',
        '#v': 'v',
        '#slot': slotName(send.sendId),
        '#n': contactNames.version,
      },
      ExpressionAttributeValues: { ':entity': entity, ':v': v, ':one': { N: '1' } },
    },
  };
};

/** Statuses a send may have had before this write without moving a counter, or while it was still open. */
const openStatuses = ['pending', 'sending', 'unknown'] as const;

type Before = Readonly<{ type: 'open' } | { type: 'same' } | { type: 'known'; send: Send }>;

const ifBefore = (send: Send, before: Before): Condition => {
  if (before.type === 'same') return ifStatus(send, send.state.status);
  if (before.type === 'known') return ifStatus(send, before.send.state.status);
  const { expression, names, values } = ifVersionBefore(send.version, sendNames.version);
  return {
    expression: `${expression} AND #status IN (${openStatuses.map((status) => `:${status}`).join(', ')})`,
    names: { ...names, '#status': sendNames.status },
    values: { ...values, ...Object.fromEntries(openStatuses.map((status) => [`:${status}`, { S: status }])) },
  };
};

const previousOf = (send: Send, before: Before): Send | undefined => {
  if (before.type === 'known') return before.send;
  return before.type === 'same' ? send : undefined;
};

type Attempt = Readonly<{ type: 'saved' } | { type: 'refused'; there: Attributes | undefined }>;

const writeStep = async (table: ShardedTable, send: Send, before: Before, options: UpdateOptions): Promise<Attempt> => {
  const item = itemOfSend(table, send);
  const condition = ifBefore(send, before);
  const others = [
    ...countersOf(table, previousOf(send, before), send, options.badNews),
    ...(options.giveBackSlot ? [givenBack(table, send)] : []),
  ];
  if (others.length === 0) {
    const written = await putItem(table, item, condition, { reveal: true });
    return written.type === 'written' ? { type: 'saved' } : written;
  }
  const written = await transact(table, [putOf(table, item, condition), ...others]);
  if (written.type === 'refused') return { type: 'refused', there: written.verdicts[0]?.there };
  await countMove(table, send.store, send.customerId, sentMove(previousOf(send, before), send));
  return { type: 'saved' };
};

/** Feedback comes after a send has closed, nearly always; a first closing has none yet, nearly always. */
const guess = (send: Send): Before => {
  const told = Object.keys(send.feedback).length > 0;
  return isClosed(send) && told ? { type: 'same' } : { type: 'open' };
};

/**
 * A closing moves its counter once, whichever of feedback and closing comes first: what the row stood at is guessed,
 * the guess is part of the condition, and a wrong one is corrected from the row that the refusal shows.
 */
const update = async (table: ShardedTable, send: Send, options: UpdateOptions): Promise<LedgerOutcome> => {
  const first = await writeStep(table, send, guess(send), options);
  if (first.type === 'saved') return first;
  const there = first.there && readSend(first.there);
  if (there?.version !== send.version - 1) return { type: 'stale' };
  const second = await writeStep(table, send, { type: 'known', send: there }, options);
  return second.type === 'saved' ? second : { type: 'stale' };
};

export const dynamoSendLedger = (table: ShardedTable): SendLedger => ({
  create: (send) => create(table, send),
  reserve: (send, contact, others = []) => reserve(table, send, contact, others),
  update: (send, options) => update(table, send, options ?? {}),
  async load(store, customerId, sendId) {
    const Key = keyAttributes(sendKey({ store, customerId, sendId }));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && readSend(Item);
  },
});
