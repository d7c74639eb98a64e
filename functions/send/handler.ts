import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { customerCallOf } from '../queue/customer-call-of.ts';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireApiUrl,
  wireBreakers,
  wireClock,
  wireCustomerStore,
  wireDecidingCatalogue,
  wireDefinitions,
  wireKillSwitch,
  wireLog,
  wireMailer,
  wireMailHealth,
  wireMailQuota,
  wirePaces,
  wireSecrets,
  wireSendLedger,
  wireSuppressionList,
} from '../wiring.ts';
import type { SendDeps } from './deps.ts';
import { marketingGate } from './gate/marketing-gate.ts';
import { pacer } from './gate/pacer.ts';
import { sendToCustomer } from './send-to-customer.ts';

const clock = wireClock();
const log = wireLog();
const deps: Required<SendDeps> = {
  customers: wireCustomerStore(),
  ledger: wireSendLedger(),
  catalogue: wireDecidingCatalogue(),
  definitions: wireDefinitions(),
  suppressions: wireSuppressionList(),
  secrets: wireSecrets(),
  mailer: wireMailer(),
  killSwitch: wireKillSwitch(),
  gate: marketingGate(wireBreakers(), wireMailHealth()),
  pacer: pacer(wirePaces(), wireMailQuota()),
  apiUrl: wireApiUrl(),
  log,
};

/** Sends what is due to the customers the sweep names. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => {
  const now = clock.now();
  return eachRecord(event, log, ({ body }) => sendToCustomer(deps, customerCallOf(body), now));
};
