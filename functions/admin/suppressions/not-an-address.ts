import { unprocessable } from '../problem-answer.ts';

export const notAnAddress = unprocessable('the body is not valid', [
  { path: 'body.email', rule: 'must be an e-mail address' },
]);
