/** What each fault carries. Every code has a section in docs/errors.md; a test keeps the two in step. */
export interface ErrorDetails {
  'policy.invalid': { field: string; value: unknown };
  'store.unknown': { store: string };
  'store.corrupt-item': { pk: string; sk: string; field: string };
  'write.contended': { key: string; attempts: number };
  'message.forged': { field: string };
  'config.missing': { name: string };
  'definition.missing': { store: string; lifecycle: number; fit: number };
  'template.unknown': { template: string };
  'template.failed': { template: string };
}

export type ErrorCode = keyof ErrorDetails;

/** A fault: something that should not happen and that the caller cannot decide about. Expected outcomes are returned unions. */
export class LifecycleError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'LifecycleError';
  readonly code: C;
  readonly details: ErrorDetails[C];

  constructor(code: C, message: string, details: ErrorDetails[C], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** The code of a fault, for logs; the class name for anything else. Never the message, which may quote outside data. */
export const codeOf = (error: unknown): string => {
  if (error instanceof LifecycleError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
};
