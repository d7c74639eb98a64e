import type { AwsCall } from '../http/aws-call.ts';
import { callFault, faultServiceOf } from './call-faults.ts';
import type { FaultBook } from './fault-book.ts';
import type { FaultKind } from './fault-rule.ts';
import { halfProcessed } from './half-processed.ts';

const kinds: readonly FaultKind[] = ['throttle', 'error', 'timeout', 'timeoutAfterAccept'];

/**
 * Lets a call meet what was asked for: refused, failed, never taken or never answered. No answer means that none is to be sent; the
 * caller is left with an open socket until its own patience ends.
 */
export const meetFaults = async <A extends { status: number; body: Buffer }>(
  faults: FaultBook,
  call: AwsCall,
  act: (call: AwsCall) => Promise<A>,
): Promise<A | undefined> => {
  const service = faultServiceOf[call.service];
  const fault = service === undefined ? undefined : faults.draw(service, kinds, call.operation);
  if (fault === undefined) return act(call);
  if (fault.rule.kind === 'timeout') return undefined;
  if (fault.rule.kind === 'timeoutAfterAccept') {
    await act(call);
    return undefined;
  }
  if (fault.rule.detail === 'unprocessed') return halfProcessed(call, fault.random, act);
  throw callFault(call, fault);
};
