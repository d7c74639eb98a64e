import * as z from 'zod';
import { operationsKnown, supportedFaults } from './supported-faults.ts';

export const faultServices = ['ses', 'dynamodb', 'eventbridge', 'lambda', 'stream', 'queue'] as const;
export const faultKinds = [
  'throttle',
  'error',
  'timeout',
  'timeoutAfterAccept',
  'crashBefore',
  'crashAfter',
  'duplicate',
  'reorder',
  'delay',
  'drop',
] as const;
export type FaultService = (typeof faultServices)[number];
export type FaultKind = (typeof faultKinds)[number];

const longestDelayMs = 7 * 86_400_000;

const faultRule = z.strictObject({
  service: z.enum(faultServices),
  /** An API operation, or the name of a function, queue or event; what it names depends on the kind. */
  operation: z.string().min(1).optional(),
  kind: z.enum(faultKinds),
  probability: z.number().min(0).max(1),
  /** After so many it stops. */
  limit: z.number().int().min(1).optional(),
  seed: z.number().int().min(0),
  /** Which of several forms a fault takes. */
  detail: z.string().optional(),
  /** Of virtual time, for kind `delay`. */
  delayMs: z.number().int().min(1).max(longestDelayMs).optional(),
});
export type FaultRule = z.infer<typeof faultRule>;

export type ReadFault = { type: 'rule'; rule: FaultRule } | { type: 'refused'; detail: string };

/** Reads a fault somebody asks for; what AWS would never do, or what is not done here, is refused with the reason. */
export const readFault = (body: unknown): ReadFault => {
  const parsed = faultRule.safeParse(body);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    return { type: 'refused', detail: said.join('; ') };
  }
  const reason = refusalOf(parsed.data);
  return reason === undefined ? { type: 'rule', rule: parsed.data } : { type: 'refused', detail: reason };
};

const refusalOf = ({ service, kind, operation, detail, delayMs }: FaultRule): string | undefined => {
  const support = supportedFaults[service][kind];
  if (support === undefined) return `service '${service}' has no fault of kind '${kind}' here`;
  if (typeof support === 'string') return `service '${service}' has no fault of kind '${kind}': ${support}`;
  if (operation !== undefined && !operationsKnown(support, operation))
    return `'operation' must name ${support.names}, got '${operation}'`;
  if (detail !== undefined && !support.details?.includes(detail))
    return `'detail' must be ${support.details?.map((one) => `'${one}'`).join(' or ') ?? 'left out'}, got '${detail}'`;
  if (delayMs !== undefined && kind !== 'delay') return "'delayMs' goes with kind 'delay' only";
  return undefined;
};
