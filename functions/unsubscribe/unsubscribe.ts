import { codeOf } from '../../shared/domain/errors.ts';
import {
  firstUnsubscribeKeyId,
  readUnsubscribeToken,
  type UnsubscribeReading,
} from '../../shared/domain/sends/unsubscribe-token.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';

/** All that an opt-out needs: one key and one write, so that it works when everything else is down. */
export type UnsubscribeDeps = Readonly<{
  customers: Pick<CustomerStore, 'restrictContact'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
  log: Readonly<{ error(message: string, fields: Readonly<Record<string, string>>): void }>;
}>;

/** `ask` shows the button, `done` says it is done, `unknown` is a link we never made, `failed` asks to try again. */
export type UnsubscribeOutcome = 'ask' | 'done' | 'unknown' | 'failed';

type Granted = Extract<UnsubscribeReading, { type: 'granted' }>;

/** A POST opts out, whatever its body (RFC 8058); everything else, scanners and previews included, changes nothing. */
const act = async (
  deps: UnsubscribeDeps,
  method: string,
  granted: Granted,
  now: EpochMs,
): Promise<UnsubscribeOutcome> => {
  if (method !== 'POST') return 'ask';
  await deps.customers.restrictContact(granted.store, granted.customerId, { optedOutAt: now });
  return 'done';
};

/** Answers one visit of an unsubscribe link. Never throws: whoever wants out gets a page that says what happened. */
export const unsubscribe = async (
  deps: UnsubscribeDeps,
  request: Readonly<{ method: string; token: string }>,
  now: EpochMs,
): Promise<UnsubscribeOutcome> => {
  try {
    const key = await deps.secrets.deploymentKey();
    const reading = readUnsubscribeToken(request.token, { [firstUnsubscribeKeyId]: key });
    return reading.type === 'granted' ? await act(deps, request.method, reading, now) : 'unknown';
  } catch (error) {
    deps.log.error('unsubscribe failed', { method: request.method, code: codeOf(error) });
    return 'failed';
  }
};
