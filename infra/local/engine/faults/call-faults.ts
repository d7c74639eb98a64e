import { nameOfArn, tableArn } from '../aws-names.ts';
import type { AwsCall, AwsService } from '../http/aws-call.ts';
import { isRecord, recordOf, textOf } from '../iam/calls/json.ts';
import { AwsFault } from '../messaging/aws-fault.ts';
import type { Fault } from './fault-book.ts';

const dynamo = (code: string): string => `com.amazonaws.dynamodb.v20120810#${code}`;
const reading = /^(Get|Query|Scan|BatchGet|TransactGet)/;

/** What each service answers when it refuses a call for its rate, or fails. */
export const callFault = (call: AwsCall, { rule, random }: Fault): AwsFault => {
  const isThrottle = rule.kind === 'throttle';
  if (call.service === 'dynamodb')
    return isThrottle ? throttledTable(call, rule.detail, random) : failedTable(call, rule, random);
  if (call.service === 'ses') return isThrottle ? throttledMail(rule.detail) : failed('InternalFailure');
  if (call.service === 'sqs') return isThrottle ? throttledQueue : failed('InternalFailure');
  return isThrottle ? new AwsFault(400, 'ThrottlingException', 'Rate exceeded') : failed('InternalException');
};

const failed = (code: string): AwsFault =>
  new AwsFault(500, code, 'The request processing has failed because of an unknown error, exception or failure.');

const throttledQueue = new AwsFault(
  400,
  'com.amazonaws.sqs#RequestThrottled',
  'The request was denied due to request throttling.',
  'RequestThrottled',
);

const throttledMail = (detail: string | undefined): AwsFault =>
  new AwsFault(
    429,
    'TooManyRequestsException',
    detail === 'daily-quota' ? 'Daily message quota exceeded.' : 'Maximum sending rate exceeded.',
  );

const throttledTable = (call: AwsCall, detail: string | undefined, random: () => number): AwsFault => {
  if (call.operation.startsWith('Transact'))
    return cancelled(call, 'ThrottlingError', 'Throughput exceeds the current capacity for one or more items.', random);
  const reason = `Table${reading.test(call.operation) ? 'Read' : 'Write'}KeyRangeThroughputExceeded`;
  const code = detail === 'ThrottlingException' ? 'ThrottlingException' : 'ProvisionedThroughputExceededException';
  const message =
    'Throughput exceeds the current capacity of your table or index. The request was throttled at the key range.';
  const reasons = [{ reason, resource: tableArn(tableOf(call)) }];
  const field = code === 'ThrottlingException' ? 'throttlingReasons' : 'ThrottlingReasons'; // as each is modelled
  return new AwsFault(400, dynamo(code), message, undefined, { [field]: reasons });
};

const failedTable = (call: AwsCall, rule: Fault['rule'], random: () => number): AwsFault => {
  const usual = rule.operation === 'TransactWriteItems' ? 'TransactionConflict' : 'InternalServerError';
  if ((rule.detail ?? usual) === 'InternalServerError')
    return new AwsFault(500, dynamo('InternalServerError'), 'Internal server error');
  const message = 'Transaction is ongoing for the item';
  if (call.operation.startsWith('Transact')) return cancelled(call, 'TransactionConflict', message, random);
  return new AwsFault(400, dynamo('TransactionConflictException'), message);
};

/** A cancelled transaction gives a reason per item; one of them, drawn from the seed, is to blame. */
const cancelled = (call: AwsCall, code: string, message: string, random: () => number): AwsFault => {
  const { TransactItems } = recordOf(call.json);
  const count = Array.isArray(TransactItems) ? TransactItems.length : 1;
  const blamed = Math.floor(random() * count);
  const reasons = Array.from({ length: count }, (_, i) =>
    i === blamed ? { Code: code, Message: message } : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const text = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  const fields = { Message: text, CancellationReasons: reasons };
  return new AwsFault(400, dynamo('TransactionCanceledException'), text, undefined, fields);
};

const tableOf = ({ json }: AwsCall): string => {
  const { TableName, RequestItems } = recordOf(json);
  return nameOfArn(textOf(TableName) || (isRecord(RequestItems) ? (Object.keys(RequestItems)[0] ?? '') : ''));
};

/** The name of a service in a fault. */
export const faultServiceOf: Readonly<Partial<Record<AwsService, Fault['rule']['service']>>> = {
  dynamodb: 'dynamodb',
  ses: 'ses',
  events: 'eventbridge',
  sqs: 'queue',
};
