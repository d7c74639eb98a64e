import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachRecord } from '../queue/each-record.ts';
import {
  wireBreakers,
  wireClickNotes,
  wireClock,
  wireContactRestriction,
  wireLog,
  wireMailHealth,
  wireReactCalls,
  wireSecrets,
  wireSendLedger,
  wireSnsVerifier,
  wireStoreList,
  wireSuppressionList,
} from '../wiring.ts';
import { readMessage } from './read-message.ts';
import { type FeedbackDeps, takeFeedback } from './take-feedback.ts';

const log = wireLog();
const clock = wireClock();
const deps: Required<FeedbackDeps> = {
  ledger: wireSendLedger(),
  customers: { ...wireContactRestriction(), ...wireClickNotes() },
  react: wireReactCalls(),
  suppressions: wireSuppressionList(),
  secrets: wireSecrets(),
  judges: { breakers: wireBreakers(), health: wireMailHealth(), stores: wireStoreList(), log },
};

const verify = wireSnsVerifier();

/** Takes in what SES tells about our mails. Every event carries its own time; the clock is for the breakers alone. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => {
  const now = clock.now();
  return eachRecord(event, log, async ({ body }) => {
    const mailEvent = await readMessage(body, verify);
    if (mailEvent !== undefined) await takeFeedback(deps, mailEvent, now);
  });
};
