import { AwsFault } from '../messaging/aws-fault.ts';
import type { AccessRequest } from './access-request.ts';
import type { Verdict } from './decide.ts';

type Denied = Extract<Verdict, { type: 'denied' }>;

const because = (action: string, { why }: Denied): string => {
  if (why === 'identity-denies') return 'with an explicit deny in an identity-based policy';
  if (why === 'resource-denies') return 'with an explicit deny in a resource-based policy';
  return `because no identity-based policy allows the ${action} action`;
};

/** A refusal in the words and the wire shape of the service that was called. */
export const accessDenied = (who: string, { action, resource }: AccessRequest, verdict: Denied): AwsFault => {
  const said = `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${because(action, verdict)}`;
  const [service] = action.split(':');
  if (service === 'dynamodb') return coral(400, said);
  if (service === 'sqs') return coral(403, said, 'AccessDenied');
  if (service === 'lambda') return new AwsFault(403, 'AccessDeniedException', said);
  if (service === 'ses') {
    const text = `User \`${who}' is not authorized to perform \`${action}' on resource \`${resource}'`;
    return new AwsFault(403, 'AccessDeniedException', text);
  }
  return new AwsFault(400, 'AccessDeniedException', said);
};

/** Denied before the service itself was reached: the layer in front writes `Message`. */
const coral = (status: number, text: string, queryCode?: string): AwsFault =>
  new AwsFault(status, 'com.amazon.coral.service#AccessDeniedException', text, queryCode, { Message: text });
