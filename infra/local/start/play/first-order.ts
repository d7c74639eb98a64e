import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { readSend } from '../../../../shared/adapters/dynamodb/items/send-item.ts';
import { customerPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { System } from '../boot/start-system.ts';
import { describeOrder, type OrderInWords } from './describe-order.ts';
import { type Answers, performAll, type Target } from './perform.ts';
import type { Script } from './script.ts';

/** The first order and what came of it by itself. */
export type FirstOrder = Readonly<{
  order: OrderInWords;
  /** From sending the webhook until nothing was left to do. */
  tookMs: number;
  stage?: string;
  planned?: Readonly<{ campaign: string; at: EpochMs }>;
}>;

const customerSchema = z.object({ id: z.string(), stage: z.string() });

const lookUp = async ({ stack, store, adminToken }: System, { http }: Target, email: string) => {
  const { status, body } = await http.call({
    method: 'POST',
    url: `${stack.api}/v1/customers:lookup?store=${store.id}`,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  return status === 200 ? customerSchema.parse(JSON.parse(body)) : undefined;
};

const pendingSend = async ({ db, tableName, store }: System, customerId: string): Promise<Send | undefined> => {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: customerPk(store.id, customerId) }, ':sk': { S: 'SEND#' } },
    }),
  );
  return Items.map(readSend).find(({ state }) => state.status === 'pending');
};

/** Sends what is due now, which holds the first order, and follows it to its end. */
export const playFirstOrder = async (
  script: Script,
  system: System,
  target: Target,
  answers: Answers,
): Promise<FirstOrder | undefined> => {
  const firstAt = script.nextAt() ?? script.from;
  await system.stack.advanceTo(firstAt); // an order is never told of before it was placed
  const acts = script.take(firstAt);
  const order = acts.map((act) => (act.type === 'webhook' ? describeOrder(act.delivery) : undefined)).find(Boolean);
  const startedAt = performance.now();
  await performAll(target, acts, answers);
  await system.stack.idle();
  const tookMs = performance.now() - startedAt;
  if (order === undefined) return undefined;
  const customer = order.email === undefined ? undefined : await lookUp(system, target, order.email);
  if (customer === undefined) return { order, tookMs };
  const send = await pendingSend(system, customer.id);
  const planned = send === undefined ? {} : { planned: { campaign: send.campaign, at: send.dueAt ?? send.plannedAt } };
  return { order, tookMs, stage: customer.stage, ...planned };
};
