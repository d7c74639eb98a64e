import type { Posted } from '../../../../../functions/preferences/choose/choose.ts';
import { customerPk, customerSk } from '../../../../../shared/adapters/dynamodb/keys.ts';
import type { Customer } from '../../../../../shared/domain/customers/customer.ts';
import type { Intake } from '../../../../../shared/domain/intake/intake.ts';
import { firstUnsubscribeKeyId, mintUnsubscribeToken } from '../../../../../shared/domain/sends/unsubscribe-token.ts';
import type { CustomerCall } from '../../../../../shared/ports/work-queue.ts';
import { chanceOf } from '../../engine/chance.ts';
import type { Machine } from '../../engine/invocation.ts';
import { sesEvent } from '../../platform/ses-event.ts';
import { topics } from '../../scenario/topics.ts';
import { deploymentKey } from '../ports.ts';

/** What can be done to a customer from outside. */
type Ways = Readonly<{
  unsubscribe(token: string): void;
  webhook(intake: Intake): void;
  choose(token: string, posted: Posted): void;
  send(call: CustomerCall): void;
  feedback(event: string): void;
}>;

/** Somebody acts in the very moment in which a mail of theirs is being decided: the windows chance alone rarely hits. */
export const interloper =
  ({ seed, table, timeline }: Machine, ways: Ways) =>
  (place: string, customerId: string): void => {
    const at = timeline.now() + chanceOf(seed, 'meanwhile at', place) * 30;
    const customer = table.get('CUSTOMER', { pk: customerPk('demo', customerId), sk: customerSk.customer });
    if (customer !== undefined)
      timeline.at(at, () => act(ways, customer, chanceOf(seed, 'meanwhile what', place), timeline.now()));
  };

const act = (ways: Ways, customer: Customer, chance: number, now: number): void => {
  const { store, customerId, aliases = [] } = customer;
  const known = [customerId, ...aliases];
  const one = known[Math.floor(chance * 1_000) % known.length] ?? customerId;
  const grant = { store, customerId: one, purpose: 'marketing' } as const;
  const token = () => mintUnsubscribeToken(grant, deploymentKey, firstUnsubscribeKeyId);
  if (chance < 0.25) ways.unsubscribe(token());
  else if (chance < 0.32) ways.choose(token(), { type: 'choice', wanted: [], monthly: false });
  else if (chance < 0.4) ways.choose(token(), { type: 'choice', wanted: topics, monthly: true });
  else if (chance < 0.6) ways.send({ store, customer: customerId });
  else if (chance < 0.8) ways.feedback(complaint(customer, one, Math.floor(now)));
  else erase(ways, customer, Math.floor(now));
};

const erase = (ways: Ways, { store, customerId, identities }: Customer, at: number): void => {
  const externalId = identities.find((identity) => identity.startsWith('standard:'))?.slice('standard:'.length);
  if (externalId === undefined) return;
  const event = { ...({ store, source: 'standard', at } as const), eventId: `erase-${customerId}-${at}` };
  ways.webhook({ type: 'event', event: { ...event, body: { type: 'erase', externalId } } });
};

/** A complaint about an older mail, which says nothing of the one being decided. */
const complaint = ({ store, profile: { email = 'nobody@mailbox.example' } }: Customer, customer: string, at: number) =>
  sesEvent({ type: 'complained', at, messageId: 'm-0', to: email, tags: { store, customer, send: 'an-older-mail' } });
