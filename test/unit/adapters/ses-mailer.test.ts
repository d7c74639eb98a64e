import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { senderAddress } from '../../../shared/adapters/ses/sender-address.ts';
import { sesMailer } from '../../../shared/adapters/ses/ses-mailer.ts';
import type { Mail, Mailer } from '../../../shared/ports/mailer.ts';
import { type AwsWire, startAwsWire, type WireAnswer, wireCredentials } from '../../support/aws-wire.ts';

const mail: Mail = {
  sendId: 'sAb-1_',
  from: 'Demo, Inc <hello@demo.example>',
  replyTo: 'care@demo.example',
  to: 'ada@example.com',
  subject: 'Grüße 🌱',
  html: '<p>Hi</p>',
  text: 'Hi',
  headers: { 'List-Unsubscribe': '<https://demo.example/u/t>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  tags: { store: 'demo', step: 'day 7/é', send: 'sAb-1_', empty: '' },
};

const refusal =
  (type: string, message = 'no', status = 400) =>
  (): WireAnswer => ({
    status,
    body: { message },
    headers: { 'x-amzn-errortype': type },
  });

describe('SES mailer', () => {
  let wire: AwsWire;
  let mailer: Mailer;
  beforeAll(async () => {
    wire = await startAwsWire();
    const requestHandler = { requestTimeout: 150, throwOnRequestTimeout: true };
    const client = new SESv2Client({ ...wireCredentials, endpoint: wire.endpoint, maxAttempts: 1, requestHandler });
    mailer = sesMailer(client, 'perennial');
  });
  afterAll(() => wire.stop());

  it('sends simple content with headers, our tags as SES allows them, and the configuration set', async () => {
    wire.answer(() => ({ status: 200, body: { MessageId: '0107-m' } }));
    expect(await mailer.send(mail)).toEqual({ type: 'accepted', messageId: '0107-m' });
    expect(wire.requests).toHaveLength(1);
    expect(wire.requests[0]?.path).toBe('/v2/email/outbound-emails');
    expect(wire.requests[0]?.body).toEqual({
      FromEmailAddress: '"Demo, Inc" <hello@demo.example>',
      Destination: { ToAddresses: ['ada@example.com'] },
      ReplyToAddresses: ['care@demo.example'],
      Content: {
        Simple: {
          Subject: { Data: 'Grüße 🌱', Charset: 'UTF-8' },
          Body: { Html: { Data: '<p>Hi</p>', Charset: 'UTF-8' }, Text: { Data: 'Hi', Charset: 'UTF-8' } },
          Headers: [
            { Name: 'List-Unsubscribe', Value: '<https://demo.example/u/t>' },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ],
        },
      },
      EmailTags: [
        { Name: 'store', Value: 'demo' },
        { Name: 'step', Value: 'day_7__' },
        { Name: 'send', Value: 'sAb-1_' },
      ],
      ConfigurationSetName: 'perennial',
    });
  });

  it.each([
    ['MessageRejected', 'no', { code: 'message-rejected', retry: 'never' }],
    ['BadRequestException', 'no', { code: 'bad-request', retry: 'never' }],
    ['MailFromDomainNotVerifiedException', 'no', { code: 'mail-from-domain-not-verified', retry: 'tomorrow' }],
    ['AccountSuspendedException', 'no', { code: 'account-suspended', retry: 'tomorrow' }],
    ['SendingPausedException', 'no', { code: 'sending-paused', retry: 'tomorrow' }],
    ['NotFoundException', 'no', { code: 'not-found', retry: 'tomorrow' }],
    ['TooManyRequestsException', 'Maximum sending rate exceeded.', { code: 'too-many-requests', retry: 'slower' }],
    ['ThrottlingException', 'Daily message quota exceeded.', { code: 'daily-quota', retry: 'tomorrow' }],
    ['AccessDeniedException', 'no', { code: 'access-denied', retry: 'tomorrow' }],
  ])('reads %s as a definite refusal', async (type, message, expected) => {
    wire.answer(refusal(type, message, type.startsWith('TooMany') ? 429 : 400));
    expect(await mailer.send(mail)).toEqual({ type: 'refused', ...expected });
    expect(wire.requests).toHaveLength(1);
  });

  it.each<[string, () => WireAnswer]>([
    ['an internal error', refusal('InternalFailure', 'oops', 500)],
    ['a service that is unavailable', refusal('ServiceUnavailable', 'later', 503)],
    ['a request timeout told by SES', refusal('RequestTimeout', 'slow', 408)],
    ['a connection that breaks', () => 'reset'],
    ['an answer that never comes', () => 'silence'],
    ['an acceptance without an id', () => ({ status: 200, body: {} })],
  ])('calls %s ambiguous and never sends again itself', async (_, answer) => {
    wire.answer(answer);
    expect((await mailer.send(mail)).type).toBe('ambiguous');
    expect(wire.requests).toHaveLength(1);
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const client = new SESv2Client({ ...wireCredentials, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    const outcome = await sesMailer(client, 'perennial').send(mail);
    expect(outcome).toEqual({ type: 'refused', code: 'econnrefused', retry: 'slower' });
  });

  it.each([
    { 'X-Long': 'x'.repeat(996) },
    { 'X-Break': 'a\r\nBcc: eve@example.com' },
    { 'X-Beyond': 'é' },
    { 'Bad Name': 'x' },
    { 'Bad:Name': 'x' },
    { ['N'.repeat(127)]: 'x' },
    { ['N'.repeat(100)]: 'x'.repeat(900) },
  ])('refuses a header SES would not take, without a call', async (headers) => {
    wire.answer(() => ({ status: 200, body: { MessageId: 'm' } }));
    const outcome = await mailer.send({ ...mail, headers });
    expect(outcome).toEqual({ type: 'refused', code: 'header-invalid', retry: 'never' });
    expect(wire.requests).toHaveLength(0);
  });
});

describe('sender addresses', () => {
  it.each([
    ['hello@demo.example', 'hello@demo.example'],
    ['<hello@demo.example>', 'hello@demo.example'],
    ['Demo <hello@demo.example>', 'Demo <hello@demo.example>'],
    ['"Demo, Inc" <hello@demo.example>', '"Demo, Inc" <hello@demo.example>'],
    ['The "Best" Shop <a@b.example>', '"The \\"Best\\" Shop" <a@b.example>'],
    ['Käse <a@b.example>', '=?UTF-8?B?S8Okc2U=?= <a@b.example>'],
  ])('writes %s as %s', (from, expected) => expect(senderAddress(from)).toBe(expected));

  it('splits a long name into words of at most 75 characters that decode to the name', () => {
    const name = '漢字🌱'.repeat(20);
    const [words = ''] = senderAddress(`${name} <a@b.example>`).split(' <');
    const parts = words.split(' ');
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(75);
    const decoded = parts.map((part) => Buffer.from(part.slice(10, -2), 'base64').toString());
    expect(decoded.join('')).toBe(name);
  });
});
