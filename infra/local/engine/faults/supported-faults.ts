import type { FaultKind, FaultService } from './fault-rule.ts';

/** What a fault can be aimed at. */
export interface FaultSupport {
  /** What `operation` names, for people. */
  names: string;
  /** The operations there are; absent where names are the template's. */
  operations?: readonly string[];
  /** Forms of it, the usual one first. */
  details?: readonly string[];
}

/** A kind without an entry does not exist there; one with a text could be asked for and is refused for that reason. */
type Supported = Readonly<Record<FaultService, Readonly<Partial<Record<FaultKind, FaultSupport | string>>>>>;

const api = (...operations: string[]): FaultSupport => ({ names: `one of ${operations.join(', ')}`, operations });
const table = api(
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
);
const mail = api('SendEmail', 'GetAccount');
/** `PutEventsEntry` is one entry of a request that is otherwise taken. */
const events = api('PutEvents', 'PutEventsEntry');
const wholeEvents = api('PutEvents');
const messages = api(
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
);
const mailEvent = api('send', 'delivery', 'bounce', 'complaint', 'open', 'click', 'reject', 'deliveryDelay');
const fn: FaultSupport = { names: 'a function' };
const consumer: FaultSupport = { names: 'the function that reads the stream' };
const queue: FaultSupport = { names: 'a queue' };
const event: FaultSupport = { names: 'the detail-type of an event' };
const neverLost = 'what it has accepted it does not lose; use delay';

/** Every fault there is here, by service and kind. */
export const supportedFaults: Supported = {
  dynamodb: {
    throttle: { ...table, details: ['ProvisionedThroughputExceededException', 'ThrottlingException', 'unprocessed'] },
    error: { ...table, details: ['InternalServerError', 'TransactionConflict'] },
    timeout: table,
    timeoutAfterAccept: table,
  },
  ses: {
    throttle: { ...mail, details: ['rate', 'daily-quota'] },
    error: mail,
    timeout: mail,
    timeoutAfterAccept: mail,
    duplicate: mailEvent,
    reorder: mailEvent,
    delay: mailEvent,
    drop: mailEvent,
  },
  eventbridge: {
    throttle: events,
    error: events,
    timeout: wholeEvents,
    timeoutAfterAccept: wholeEvents,
    duplicate: event,
    reorder: event,
    delay: event,
    drop: `${neverLost}, or drop at 'ses', whose events are best effort`,
  },
  lambda: {
    throttle: fn,
    error: fn,
    timeout: fn,
    timeoutAfterAccept: fn,
    crashBefore: fn,
    crashAfter: fn,
    duplicate: fn,
    drop: neverLost,
  },
  stream: { duplicate: consumer, reorder: consumer, delay: consumer, drop: neverLost },
  queue: {
    throttle: messages,
    error: messages,
    timeout: messages,
    timeoutAfterAccept: messages,
    duplicate: queue,
    reorder: queue,
    delay: queue,
    drop: neverLost,
  },
};

export const operationsKnown = ({ operations }: FaultSupport, operation: string): boolean =>
  operations === undefined || operations.includes(operation);

/** The table above for a client that asked for something else: by service, each kind with its operations and details. */
export const faultCatalogue = (): Record<string, Record<string, object>> =>
  Object.fromEntries(
    Object.entries(supportedFaults).map(([service, kinds]) => [
      service,
      Object.fromEntries(
        Object.entries(kinds).flatMap(([kind, support]): [string, object][] =>
          typeof support === 'string'
            ? []
            : [[kind, { operation: support.names, ...(support.details && { detail: support.details }) }]],
        ),
      ),
    ]),
  );
