import { enrolCustomer } from '../../../../functions/enrol/enrol-customer.ts';
import type { MailEvent } from '../../../../functions/feedback/mail-event.ts';
import { takeFeedback } from '../../../../functions/feedback/take-feedback.ts';
import { storeIntake } from '../../../../functions/ingest/store-intake.ts';
import { react } from '../../../../functions/react/react.ts';
import { relay } from '../../../../functions/relay/relay.ts';
import { sendToCustomer } from '../../../../functions/send/send-to-customer.ts';
import { drain } from '../../../../functions/sweep/drain.ts';
import { sweep } from '../../../../functions/sweep/sweep.ts';
import { unsubscribe } from '../../../../functions/unsubscribe/unsubscribe.ts';

/** The use-cases of production, by name, so that a test may put a broken one in the place of one. */
export const useCases = {
  enrolCustomer,
  takeFeedback,
  storeIntake,
  react,
  relay,
  sendToCustomer,
  drain,
  sweep,
  unsubscribe,
};
export type UseCases = typeof useCases;
export type { MailEvent };
