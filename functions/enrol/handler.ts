import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { customerCallOf } from '../queue/customer-call-of.ts';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireClock,
  wireCustomerStore,
  wireDecidingCatalogue,
  wireDefinitions,
  wireLog,
  wireSendLedger,
} from '../wiring.ts';
import { enrolCustomer } from './enrol-customer.ts';

const clock = wireClock();
const log = wireLog();
const deps = {
  customers: wireCustomerStore(),
  ledger: wireSendLedger(),
  catalogue: wireDecidingCatalogue(),
  definitions: wireDefinitions(),
};

/** Looks at the customers that facts on the bus, or the due index, name. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => {
  const now = clock.now();
  return eachRecord(event, log, ({ body }) => enrolCustomer(deps, customerCallOf(body), now));
};
