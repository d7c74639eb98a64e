import { readConfirmationToken } from '../../../shared/domain/consent/confirmation-token.ts';
import { codeOf } from '../../../shared/domain/errors.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { CustomerStore } from '../../../shared/ports/customer-store.ts';
import type { Log } from '../../../shared/ports/log.ts';
import type { ReactCalls } from '../../../shared/ports/react-calls.ts';
import type { Secrets } from '../../../shared/ports/secrets.ts';

export type ConfirmDeps = Readonly<{
  customers: Pick<CustomerStore, 'confirmConsent'>;
  react: ReactCalls;
  secrets: Pick<Secrets, 'deploymentKey'>;
  log: Pick<Log, 'error'>;
}>;

/** `ask` shows the button; `late` is a link that no longer works, or never did. */
export type ConfirmOutcome = 'ask' | 'done' | 'late' | 'failed';

/**
 * Answers one visit of a confirmation link. Only a POST confirms: scanners and previews GET. The confirmation is written
 * before react is called, and the person is told that it worked only after both, so that trying again mends whatever failed.
 */
export const confirm = async (
  deps: ConfirmDeps,
  { method, token }: Readonly<{ method: string; token: string }>,
  now: EpochMs,
): Promise<ConfirmOutcome> => {
  try {
    const reading = readConfirmationToken(token, await deps.secrets.deploymentKey(), now);
    if (reading.type !== 'granted') return 'late';
    if (method !== 'POST') return 'ask';
    const { store, customerId, statement } = reading.confirmation;
    await deps.customers.confirmConsent(store, customerId, { statement, at: now });
    await deps.react.enqueue([{ type: 'customer', store, customer: customerId }]);
    return 'done';
  } catch (error) {
    deps.log.error('confirmation failed', { method, code: codeOf(error) });
    return 'failed';
  }
};
