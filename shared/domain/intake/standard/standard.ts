import { type EpochMs, parseInstant } from '../../time.ts';
import { type DeliveryContext, quarantined } from '../delivery.ts';
import type { CustomerEvent, Intake } from '../intake.ts';
import { aheadMs, implausibleTime } from '../plausible-times.ts';
import { tidyId } from '../tidy-text.ts';
import { type IntakeFault, schemaFaults } from './faults.ts';
import { amountFaults, standardOrder } from './order.ts';
import { consentAt, standardPerson } from './person.ts';
import { type StandardCustomer, type StandardMessage, standardMessage } from './schema.ts';

export type StandardReading =
  | Readonly<{ type: 'read'; intake: Intake }>
  | Readonly<{ type: 'faulty'; faults: readonly IntakeFault[] }>;

type MessageOf<T extends StandardMessage['type']> = Extract<StandardMessage, { type: T }>;
type OrderMessage = Exclude<StandardMessage, { type: 'customer.updated' | 'customer.deleted' | 'event' }>;

const read = (intake: Intake): StandardReading => ({ type: 'read', intake });
const faulty = (...faults: readonly IntakeFault[]): StandardReading => ({ type: 'faulty', faults });

const idRule = 'must be an id of 1 to 128 printable characters';

const consentFaults = (customer: StandardCustomer, path: string, now: EpochMs): readonly IntakeFault[] =>
  (consentAt(customer) ?? 0) > now + aheadMs
    ? [{ path: `${path}.consent.at`, rule: 'must not be more than 24 hours ahead' }]
    : [];

const readOrder = ({ type, data }: OrderMessage, context: DeliveryContext): StandardReading => {
  const faults = [
    ...amountFaults(data).slice(0, 20),
    ...(data.customer ? consentFaults(data.customer, '$.data.customer', context.now) : []),
  ];
  if (faults.length > 0) return faulty(...faults);
  const order = standardOrder(data, context, type === 'order.cancelled');
  if (order === undefined) return faulty({ path: '$.data.id', rule: idRule });
  const implausible = implausibleTime(order, context.now);
  if (!implausible) return read({ type: 'order', order });
  return read(
    quarantined('standard', context, implausible, { order: order.orderId, customer: order.customer?.externalId }),
  );
};

const event = (context: DeliveryContext, at: EpochMs, body: CustomerEvent['body']): StandardReading => {
  if (at > context.now + aheadMs) return read(quarantined('standard', context, 'future-updated-at'));
  return read({
    type: 'event',
    event: { store: context.store, source: 'standard', eventId: context.eventId, at, body },
  });
};

const nobody = (path: string): StandardReading =>
  faulty({ path, rule: "must have an 'id' or an 'email' that can be mailed" });

const instantOf = (context: DeliveryContext, ...texts: readonly (string | null | undefined)[]): EpochMs =>
  texts.map((text) => parseInstant(text ?? '')).find((at) => at !== undefined) ?? context.triggeredAt ?? context.now;

const readCustomer = (
  { data, timestamp }: MessageOf<'customer.updated'>,
  context: DeliveryContext,
): StandardReading => {
  const faults = consentFaults(data, '$.data', context.now);
  if (faults.length > 0) return faulty(...faults);
  const customer = standardPerson(data);
  return customer ? event(context, instantOf(context, timestamp), { type: 'customer', customer }) : nobody('$.data');
};

// Dated by receipt: an erasure must not be older than anything that was there when it came.
const readDeleted = ({ data }: MessageOf<'customer.deleted'>, context: DeliveryContext): StandardReading => {
  const externalId = tidyId(data.id);
  return externalId === undefined
    ? faulty({ path: '$.data.id', rule: idRule })
    : event(context, context.now, { type: 'erase', externalId });
};

const readEvent = ({ data, timestamp }: MessageOf<'event'>, context: DeliveryContext): StandardReading => {
  const given = Object.entries(data.properties ?? {});
  if (given.length > 50) return faulty({ path: '$.data.properties', rule: 'must be at most 50 entries long' });
  const faults = consentFaults(data.customer, '$.data.customer', context.now);
  if (faults.length > 0) return faulty(...faults);
  const customer = standardPerson(data.customer);
  if (!customer) return nobody('$.data.customer');
  const properties = Object.fromEntries(given.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  return event(context, instantOf(context, data.at, timestamp), {
    type: 'behaviour',
    customer,
    name: data.name,
    properties,
  });
};

/**
 * What one `standard` body means, or everything that is wrong with it.
 *
 * The data beat the type, except that `order.cancelled` and `customer.deleted` are what they say.
 */
export const standardIntake = (body: unknown, delivery: DeliveryContext): StandardReading => {
  const parsed = standardMessage.safeParse(body);
  if (!parsed.success) return faulty(...schemaFaults(parsed.error, body));
  const message = parsed.data;
  const context = { ...delivery, topic: message.type };
  if (message.type === 'customer.updated') return readCustomer(message, context);
  if (message.type === 'customer.deleted') return readDeleted(message, context);
  return message.type === 'event' ? readEvent(message, context) : readOrder(message, context);
};
