import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { systemClock } from '../shared/adapters/clock/system-clock.ts';
import { dynamoCounters, dynamoMailHealth } from '../shared/adapters/dynamodb/counters.ts';
import { dynamoCustomerStore } from '../shared/adapters/dynamodb/customer/customer-store.ts';
import { noteClick } from '../shared/adapters/dynamodb/customer/note-click.ts';
import { restrictContact } from '../shared/adapters/dynamodb/customer/restrict-contact.ts';
import { dynamoDefinitionStore } from '../shared/adapters/dynamodb/definition-store.ts';
import { dynamoDueIndex } from '../shared/adapters/dynamodb/due-index.ts';
import { dynamoIdentityStore } from '../shared/adapters/dynamodb/identity-store.ts';
import { dynamoIntakeStore } from '../shared/adapters/dynamodb/intake-store.ts';
import { dynamoErasureLog } from '../shared/adapters/dynamodb/log/erasure-log.ts';
import { dynamoSendLedger } from '../shared/adapters/dynamodb/send-ledger.ts';
import { dynamoBreakers } from '../shared/adapters/dynamodb/store/breakers.ts';
import { dynamoCustomerRoll } from '../shared/adapters/dynamodb/store/customer-roll.ts';
import { dynamoPaces } from '../shared/adapters/dynamodb/store/paces.ts';
import { dynamoRebases } from '../shared/adapters/dynamodb/store/rebases.ts';
import { dynamoReconciles } from '../shared/adapters/dynamodb/store/reconciles.ts';
import { dynamoRestores } from '../shared/adapters/dynamodb/store/restores.ts';
import { dynamoStoreList } from '../shared/adapters/dynamodb/store/store-list.ts';
import { dynamoTableWalk } from '../shared/adapters/dynamodb/store/table-walk.ts';
import { dynamoStoreCatalogue, readWithAdoption } from '../shared/adapters/dynamodb/store-catalogue.ts';
import { dynamoSuppressionList } from '../shared/adapters/dynamodb/suppression-list.ts';
import type { ShardedTable } from '../shared/adapters/dynamodb/table.ts';
import { eventBridgeBus } from '../shared/adapters/eventbridge/eventbridge-bus.ts';
import { jsonLog } from '../shared/adapters/log/json-log.ts';
import { sesMailer } from '../shared/adapters/ses/ses-mailer.ts';
import { sesQuota } from '../shared/adapters/ses/ses-quota.ts';
import { type SnsVerifier, snsVerifier } from '../shared/adapters/sns/sns-verifier.ts';
import { sqsDuePages, sqsReactCalls, sqsWorkQueue } from '../shared/adapters/sqs/sqs-queue.ts';
import { ssmKillSwitch } from '../shared/adapters/ssm/ssm-kill-switch.ts';
import { ssmSecrets } from '../shared/adapters/ssm/ssm-secrets.ts';
import { LifecycleError } from '../shared/domain/errors.ts';
import { env } from '../shared/env.ts';
import type { Breakers, MailHealth } from '../shared/ports/breakers.ts';
import type { Bus } from '../shared/ports/bus.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { CustomerRoll } from '../shared/ports/customer-roll.ts';
import type { CustomerStore } from '../shared/ports/customer-store.ts';
import type { DefinitionStore } from '../shared/ports/definition-store.ts';
import type { DueIndex } from '../shared/ports/due-index.ts';
import type { DuePages } from '../shared/ports/due-pages.ts';
import type { ErasureLog } from '../shared/ports/erasure-log.ts';
import type { IdentityStore } from '../shared/ports/identity-store.ts';
import type { Log } from '../shared/ports/log.ts';
import type { Mailer } from '../shared/ports/mailer.ts';
import type { IntakeStore } from '../shared/ports/order-store.ts';
import type { KillSwitch, MailQuota, Paces } from '../shared/ports/pacing.ts';
import type { ReactCalls } from '../shared/ports/react-calls.ts';
import type { Rebases } from '../shared/ports/rebases.ts';
import type { Reconciles, TableWalk } from '../shared/ports/reconciles.ts';
import type { Restores } from '../shared/ports/restores.ts';
import type { Secrets } from '../shared/ports/secrets.ts';
import type { SendLedger } from '../shared/ports/send-ledger.ts';
import type { StoreList } from '../shared/ports/store-list.ts';
import type { Counters, StoreCatalogue, SuppressionList } from '../shared/ports/store-settings.ts';
import type { WorkQueue } from '../shared/ports/work-queue.ts';

/*
 * The only place that makes SDK clients. Each function asks for what it needs; a bundle carries only the clients behind
 * what it asked for, so nothing here may run when the module loads.
 */

/** The value of a variable that the construct which granted the access has set. */
const required = (name: string): string => {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new LifecycleError('config.missing', `cannot start: '${name}' must be set, got nothing`, { name });
};

const countOf = (name: string): number => {
  const count = Number(required(name));
  if (Number.isInteger(count) && count > 0) return count;
  throw new LifecycleError('config.missing', `cannot start: '${name}' must be a positive integer, got ${count}`, {
    name,
  });
};

/** A call that hangs must end well before the function does. */
const timeouts = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

let dynamo: DynamoDBClient | undefined;
let bus: EventBridgeClient | undefined;
let queues: SQSClient | undefined;
let parameters: SSMClient | undefined;
let mail: SESv2Client | undefined;

const dynamoClient = () => (dynamo ??= new DynamoDBClient({ requestHandler: timeouts }));
const busClient = () => (bus ??= new EventBridgeClient({ requestHandler: timeouts }));
const queueClient = () => (queues ??= new SQSClient({ requestHandler: timeouts }));
const parameterClient = () => (parameters ??= new SSMClient({ requestHandler: timeouts }));
/** One attempt: a repeated SendEmail is a second mail. */
const mailClient = () =>
  (mail ??= new SESv2Client({ maxAttempts: 1, requestHandler: { ...timeouts, requestTimeout: 10_000 } }));

/** Shards are read when an item needs them: not every function writes due items or counters. */
const table = (): ShardedTable => {
  const name = required(env.table);
  return {
    client: dynamoClient(),
    name,
    get dueShards() {
      return countOf(env.dueShards);
    },
    get counterShards() {
      return countOf(env.counterShards);
    },
  };
};

export const wireClock = (): Clock => systemClock;
export const wireLog = (): Log => jsonLog();
export const wireApiUrl = (): string => required(env.apiUrl);
export const wireIntakeStore = (): IntakeStore => dynamoIntakeStore(table());
export const wireIdentityStore = (): IdentityStore => dynamoIdentityStore(table());
export const wireCustomerStore = (): CustomerStore => dynamoCustomerStore(table());
export const wireSendLedger = (): SendLedger => dynamoSendLedger(table());
export const wireDueIndex = (): DueIndex => dynamoDueIndex(table());
export const wireStoreCatalogue = (): StoreCatalogue => dynamoStoreCatalogue(table());
/** For functions that decide: settings together with the versions decisions are taken under. */
export const wireDecidingCatalogue = (): StoreCatalogue => dynamoStoreCatalogue(table(), readWithAdoption);
export const wireDefinitions = (): DefinitionStore => dynamoDefinitionStore(table());
export const wireStoreList = (): StoreList => dynamoStoreList(table());
export const wireCustomerRoll = (): CustomerRoll => dynamoCustomerRoll(table());
export const wireRebases = (): Rebases => dynamoRebases(table());
export const wireReconciles = (): Reconciles => dynamoReconciles(table());
export const wireTableWalk = (): TableWalk => dynamoTableWalk(table());
export const wireRestores = (): Restores => dynamoRestores(table());
export const wireErasureLog = (): ErasureLog =>
  dynamoErasureLog({ client: dynamoClient(), name: required(env.erasureLog) });
export const wireRebasePerMinute = (): number => countOf(env.rebasePerMinute);
export const wireSuppressionList = (): SuppressionList => dynamoSuppressionList(table());
export const wireBreakers = (): Breakers => dynamoBreakers(table());
export const wireMailHealth = (): MailHealth => dynamoMailHealth(table());
export const wirePaces = (): Paces => dynamoPaces(table());
export const wireMailQuota = (): MailQuota => sesQuota(mailClient());
export const wireKillSwitch = (): KillSwitch => ssmKillSwitch(parameterClient(), required(env.parameters));
/** The SDK's own variable for another address of AWS; only the local run sets it. */
export const wireSnsVerifier = (): SnsVerifier =>
  snsVerifier(required(env.feedbackTopic), fetch, process.env['AWS_ENDPOINT_URL']);
export const wireCounters = (): Counters => dynamoCounters(table());
/** Opt-outs and nothing else: all the unsubscribe function carries of the customer store. */
export const wireContactRestriction = (): Pick<CustomerStore, 'restrictContact'> => {
  const { client, name } = table();
  return { restrictContact: (store, customerId, what) => restrictContact({ client, name }, store, customerId, what) };
};
/** Clicks and nothing else of the customer store. */
export const wireClickNotes = (): Pick<CustomerStore, 'noteClick'> => {
  const { client, name } = table();
  return { noteClick: (store, customerId, at) => noteClick({ client, name }, store, customerId, at) };
};
export const wireSecrets = (): Secrets => ssmSecrets(parameterClient(), required(env.parameters));
export const wireBus = (): Bus => eventBridgeBus(busClient(), required(env.bus));
export const wireEnrolQueue = (): WorkQueue => sqsWorkQueue(queueClient(), required(env.enrolQueue));
export const wireSendQueue = (): WorkQueue => sqsWorkQueue(queueClient(), required(env.sendQueue));
export const wireReactCalls = (): ReactCalls => sqsReactCalls(queueClient(), required(env.reactRetryQueue));
export const wireDuePages = (): DuePages => sqsDuePages(queueClient(), required(env.sweepQueue));
export const wireMailer = (): Mailer => sesMailer(mailClient(), required(env.configurationSet));
