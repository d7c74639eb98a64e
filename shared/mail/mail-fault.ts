import { LifecycleError } from '../domain/errors.ts';

/** A mail that must not go out as it is. `got` describes the value and never quotes a customer's. */
export const mailFault = (
  template: string,
  field: string,
  rule: string,
  got: string,
  cause?: unknown,
): LifecycleError<'template.failed'> =>
  new LifecycleError('template.failed', `cannot render mail: '${field}' must ${rule}, got ${got}`, { template }, cause);
