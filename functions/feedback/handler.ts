import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireClickNotes,
  wireContactRestriction,
  wireLog,
  wireReactCalls,
  wireSecrets,
  wireSendLedger,
  wireSuppressionList,
} from '../wiring.ts';
import { mailEventOf } from './mail-event.ts';
import { takeFeedback } from './take-feedback.ts';

const log = wireLog();
const deps = {
  ledger: wireSendLedger(),
  customers: { ...wireContactRestriction(), ...wireClickNotes() },
  react: wireReactCalls(),
  suppressions: wireSuppressionList(),
  secrets: wireSecrets(),
};

const message = z.object({ detail: z.unknown() });

/** Takes in what SES tells about our mails. It reads no clock: every event carries its own time. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachRecord(event, log, async ({ body }) => {
    const mailEvent = mailEventOf(message.parse(JSON.parse(body)).detail);
    if (mailEvent !== undefined) await takeFeedback(deps, mailEvent);
  });
