import { account, arn, busArn, functionArn, nameOfArn, queueArn, region } from '../../aws-names.ts';
import { bareAddress, domainOf } from '../../mail/address.ts';
import type { AccessRequest } from '../access-request.ts';
import { type Json, recordOf, textOf } from './json.ts';

/** SQS checks a batch as its single call, and writes the action in lower case. */
export const sqsRequests = (operation: string, call: Json): AccessRequest[] => {
  const action = `sqs:${operation.replace(/Batch$/, '').toLowerCase()}`;
  const queue = nameOfArn(textOf(call['QueueUrl']) || textOf(call['QueueName']));
  return [{ action, resource: operation === 'ListQueues' ? queueArn('*') : queueArn(queue) }];
};

/** Every bus that an entry names. */
export const eventsRequests = (operation: string, call: Json): AccessRequest[] => {
  const entries: unknown[] = Array.isArray(call['Entries']) ? call['Entries'] : [];
  const buses = new Set(entries.map((entry) => nameOfArn(textOf(recordOf(entry)['EventBusName']) || 'default')));
  return [...buses].map((bus) => ({ action: `events:${operation}`, resource: busArn(bus) }));
};

export const ssmRequests = (operation: string, call: Json): AccessRequest[] => {
  const names: unknown[] = Array.isArray(call['Names']) ? call['Names'] : [call['Name'] ?? call['Path']];
  return names.map((name) => ({
    action: `ssm:${operation}`,
    resource: arn('ssm', `parameter/${textOf(name).replace(/^\//, '')}`),
  }));
};

export const lambdaRequests = (name: string): AccessRequest[] => [
  { action: 'lambda:InvokeFunction', resource: name.startsWith('arn:') ? name : functionArn(name) },
];

/**
 * A mail needs its sender's identity and, where it names one, its configuration set; a raw one has an action of its own.
 * The identity is taken to be the domain: the local run verifies none.
 */
export const sesRequests = (method: string, path: string, call: Json): AccessRequest[] => {
  if (method !== 'POST' || path !== '/v2/email/outbound-emails')
    return [{ action: path === '/v2/email/account' ? 'ses:GetAccount' : `ses:${path}`, resource: '*' }];
  const { Raw } = recordOf(call['Content']);
  const action = Raw === undefined || Raw === null ? 'ses:SendEmail' : 'ses:SendRawEmail';
  const set = textOf(call['ConfigurationSetName']);
  const sender = domainOf(bareAddress(textOf(call['FromEmailAddress']) || fromOfRaw(Raw)));
  const named = [`identity/${sender}`, ...(set === '' ? [] : [`configuration-set/${set}`])];
  return named.map((resource) => ({ action, resource: `arn:aws:ses:${region}:${account}:${resource}` }));
};

const fromOfRaw = (raw: unknown): string => {
  const message = Buffer.from(textOf(recordOf(raw)['Data']), 'base64').toString('latin1');
  return /^from:(.*)$/im.exec(message)?.[1]?.trim() ?? '';
};
