import { publishLifecycle } from '../../../../functions/definitions/publish-lifecycle.ts';
import { startReconcile } from '../../../../functions/definitions/start-reconcile.ts';
import { enrolCustomer } from '../../../../functions/enrol/enrol-customer.ts';
import { takeFeedback } from '../../../../functions/feedback/take-feedback.ts';
import { changeRhythm } from '../../../../functions/fit/change-rhythm.ts';
import { fitEveryStore } from '../../../../functions/fit/fit-every-store.ts';
import { makeFit } from '../../../../functions/fit/make-fit.ts';
import { storeIntake } from '../../../../functions/ingest/store-intake.ts';
import { choose } from '../../../../functions/preferences/choose/choose.ts';
import { confirm } from '../../../../functions/preferences/confirm/confirm.ts';
import { react } from '../../../../functions/react/react.ts';
import { reactToMessages } from '../../../../functions/react/react-to-messages.ts';
import { keepLog } from '../../../../functions/relay/keep-log.ts';
import { relay } from '../../../../functions/relay/relay.ts';
import { sendToCustomer } from '../../../../functions/send/send-to-customer.ts';
import { drain } from '../../../../functions/sweep/drain.ts';
import { rebasePages } from '../../../../functions/sweep/rebase-page.ts';
import { reconcilePages } from '../../../../functions/sweep/reconcile-page.ts';
import { sweep } from '../../../../functions/sweep/sweep.ts';
import { unsubscribe } from '../../../../functions/unsubscribe/unsubscribe.ts';

/** The use-cases of production, by name, so that a test may put a broken one in the place of one. */
export const useCases = {
  ...{ storeIntake, react, reactToMessages, relay, keepLog, enrolCustomer, sendToCustomer, takeFeedback },
  ...{ sweep, drain, rebasePages, reconcilePages, startReconcile, unsubscribe, choose, confirm },
  ...{ publishLifecycle, makeFit, changeRhythm, fitEveryStore },
};
export type UseCases = typeof useCases;
