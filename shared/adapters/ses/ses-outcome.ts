import type { MailOutcome } from '../../ports/mailer.ts';

type Refused = Extract<MailOutcome, { type: 'refused' }>;

/** The account or its set-up cannot send now; somebody has to act, and then it can. */
const notNow = new Set([
  'AccountSuspendedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'NotFoundException',
  'LimitExceededException',
  'AccessDeniedException',
]);
/** SES will never take this very message. */
const notThis = new Set(['MessageRejected', 'BadRequestException', 'ValidationException']);
/** Nothing reached SES: no name, no route, no credentials. */
const neverConnected = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'CredentialsProviderError']);

type Seen = Readonly<{ name: string; code: string; status: number | undefined; message: string }>;

const textOf = (error: object, field: 'name' | 'code' | 'message'): string => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

const seen = (error: unknown): Seen => {
  if (typeof error !== 'object' || error === null) return { name: 'unknown', code: '', status: undefined, message: '' };
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return {
    name: textOf(error, 'name'),
    code: textOf(error, 'code'),
    status: typeof status === 'number' ? status : undefined,
    message: textOf(error, 'message'),
  };
};

/** `MailFromDomainNotVerifiedException` as `mail-from-domain-not-verified`. */
const codeOf = (name: string): string =>
  name
    .replace(/(Exception|Error)$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase() || 'unknown';

const refusedFor = ({ name, message }: Seen, code: string): Refused => {
  if (notThis.has(name)) return { type: 'refused', code, retry: 'never' };
  if (/daily message quota/i.test(message)) return { type: 'refused', code: 'daily-quota', retry: 'tomorrow' };
  return { type: 'refused', code, retry: notNow.has(name) ? 'tomorrow' : 'slower' };
};

/**
 * What a failed SendEmail means. An answer below 500 is definite: SES says it did not take the message. Timeouts,
 * resets and 5xx are not: it may have been sent.
 * @see docs/adr/0023-mail-outcomes.md
 */
export const outcomeOfFault = (error: unknown): Exclude<MailOutcome, { type: 'accepted' }> => {
  const fault = seen(error);
  const code = codeOf(fault.name);
  if (fault.status !== undefined && fault.status >= 400 && fault.status < 500 && fault.status !== 408) {
    return refusedFor(fault, code);
  }
  if (fault.status === undefined && (neverConnected.has(fault.code) || neverConnected.has(fault.name))) {
    return { type: 'refused', code: codeOf(fault.code || fault.name).replaceAll('_', '-'), retry: 'slower' };
  }
  return { type: 'ambiguous', code };
};
