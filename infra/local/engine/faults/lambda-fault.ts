import type { InvokeOutcome } from '../compute/invoke-outcome.ts';
import type { FaultBook } from './fault-book.ts';
import type { FaultKind } from './fault-rule.ts';

/** How an invocation is to end instead. */
export interface LambdaFault {
  /** The handler runs, with all its effects. */
  runs: boolean;
  /** The execution environment ends, and with it everything it remembers. */
  kills: boolean;
  outcome: InvokeOutcome;
}

const kinds: readonly FaultKind[] = ['throttle', 'error', 'timeout', 'timeoutAfterAccept', 'crashBefore', 'crashAfter'];

const failed = (errorType: string, errorMessage: string): InvokeOutcome => ({
  type: 'failed',
  errorType,
  errorMessage,
  trace: '',
});

/** The fault that meets this invocation, if one does. A time-out comes at once: nobody learns more by waiting for it. */
export const lambdaFault = (faults: FaultBook, name: string, timeoutMs: number): LambdaFault | undefined => {
  const kind = faults.draw('lambda', kinds, name)?.rule.kind;
  if (kind === undefined) return undefined;
  if (kind === 'throttle')
    return { runs: false, kills: false, outcome: failed('TooManyRequestsException', 'Rate Exceeded.') };
  if (kind === 'error')
    return {
      runs: false,
      kills: false,
      outcome: failed('ServiceException', 'An error occurred and the request cannot be processed.'),
    };
  const runs = kind === 'timeoutAfterAccept' || kind === 'crashAfter';
  const outcome = kind.startsWith('timeout')
    ? failed('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`)
    : failed('Runtime.ExitError', 'Runtime exited with error: signal: killed');
  return { runs, kills: true, outcome };
};
