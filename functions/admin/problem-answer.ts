import type { Reason } from '../../shared/domain/sends/send.ts';

/** One thing wrong with a request: where, and which rule it breaks. Never the value, which may be personal. */
export type Fault = Readonly<{ path: string; rule: string }>;

/** A refusal; becomes RFC 9457 problem+json. */
export type ProblemAnswer = Readonly<{
  type: 'problem';
  status: number;
  title: string;
  detail: string;
  errors?: readonly Fault[];
  reason?: Reason;
  allow?: readonly string[];
}>;

const problem = (status: number, title: string, detail: string): ProblemAnswer => ({
  type: 'problem',
  status,
  title,
  detail,
});

export const forbidden = (detail: string): ProblemAnswer => problem(403, 'Forbidden', detail);
export const notFound = (detail: string): ProblemAnswer => problem(404, 'Not found', detail);
export const conflict = (detail: string): ProblemAnswer => problem(409, 'Conflict', detail);
export const gone = (detail: string, reason: Reason): ProblemAnswer => ({ ...problem(410, 'Gone', detail), reason });
export const notAllowed = (allow: readonly string[]): ProblemAnswer => ({
  ...problem(405, 'Method not allowed', `this address answers ${allow.join(', ')} only`),
  allow,
});
export const unprocessable = (detail: string, errors: readonly Fault[] = []): ProblemAnswer => ({
  ...problem(422, 'Unprocessable request', detail),
  ...(errors.length > 0 ? { errors } : {}),
});
