import { Refusal } from '../refusal.ts';

const credentialFaults = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
];

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** What the AWS SDK complains about, in words that say what to do; anything else stays as it is. */
export const refusalForAws = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof Refusal) return error;
  if (credentialFaults.includes(error.name)) {
    return new Refusal('there are no valid AWS credentials', [
      'Sign in (aws sso login, or AWS_PROFILE), or start the local run: npm start.',
    ]);
  }
  if (/region is missing/i.test(error.message)) {
    return new Refusal('the AWS region is not known', ['Give --region, or set AWS_REGION.']);
  }
  if (error.name === 'AccessDeniedException') return new Refusal('these AWS credentials may not do that');
  if (error.name === 'TimeoutError' || ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'].includes(String(codeOf(error)))) {
    return new Refusal('AWS, or the local run in its place, does not answer', [
      'Is the local run still up? npm start starts it.',
    ]);
  }
  return error;
};
