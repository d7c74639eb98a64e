import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../functions/feedback/read-message.ts';
import {
  certificateUrl,
  isSignedBy,
  type SnsEnvelope,
  signedText,
  snsEnvelope,
} from '../../../shared/adapters/sns/sns-envelope.ts';
import { snsVerifier } from '../../../shared/adapters/sns/sns-verifier.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:perennial';
const certificate = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem';

const signedWith = (change: Partial<SnsEnvelope> = {}): SnsEnvelope => {
  const envelope: SnsEnvelope = {
    ...{ Type: 'Notification', MessageId: 'm', TopicArn: topicArn, Subject: 'Amazon SES', Message: '{}' },
    ...{ Timestamp: '2026-01-05T10:00:00.000Z', SignatureVersion: '2', Signature: '', SigningCertURL: certificate },
    ...change,
  };
  const algorithm = envelope.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return { ...envelope, Signature: sign(algorithm, Buffer.from(signedText(envelope)), privateKey).toString('base64') };
};

const counting = () => {
  const asked: string[] = [];
  const fetchIt = async (url: string) => {
    asked.push(url);
    return { ok: true, status: 200, text: async () => pem };
  };
  return { asked, fetchIt };
};

describe('a message over SNS', () => {
  it.each(['1', '2'] as const)(
    'is read where its signature of version %s fits, and the certificate is fetched once',
    async (version) => {
      const { asked, fetchIt } = counting();
      const verify = snsVerifier(topicArn, fetchIt);
      for (const Message of ['a', 'b'])
        expect(await verify(signedWith({ Message, SignatureVersion: version }))).toBe(Message);
      expect(asked).toEqual([certificate]);
    },
  );

  it('is refused with any signed field changed, or the version', async () => {
    const verify = snsVerifier(topicArn, counting().fetchIt);
    const fields = ['Message', 'MessageId', 'Subject', 'Timestamp'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.string({ minLength: 1 }), async (field, more) => {
        const envelope = signedWith();
        await expect(verify({ ...envelope, [field]: `${envelope[field]}${more}` })).rejects.toMatchObject({
          code: 'message.forged',
        });
      }),
      { numRuns: 30 },
    );
    await expect(verify({ ...signedWith(), SignatureVersion: '1' })).rejects.toMatchObject({ code: 'message.forged' });
    await expect(verify({ ...signedWith(), Signature: '' })).rejects.toMatchObject({ code: 'message.forged' });
  });

  it.each([
    'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0a.pem',
    'https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0a.pem',
    'https://user@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com/x/../SimpleNotificationService-0a.txt',
    'https://bucket.s3.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem?x=1',
    'file:///etc/passwd',
    'nonsense',
  ])('is refused, and nothing fetched, with a certificate at %s', async (SigningCertURL) => {
    const { asked, fetchIt } = counting();
    await expect(snsVerifier(topicArn, fetchIt)(signedWith({ SigningCertURL }))).rejects.toMatchObject({
      code: 'message.forged',
    });
    expect(asked).toEqual([]);
  });

  it("is refused from somebody else's topic, and tried again when the certificate cannot be had", async () => {
    const verify = snsVerifier(topicArn, counting().fetchIt);
    await expect(
      verify(signedWith({ TopicArn: topicArn.replace('123456789012', '999999999999') })),
    ).rejects.toMatchObject({
      code: 'message.forged',
    });
    const down = async () => ({ ok: false, status: 503, text: async () => '' });
    await expect(snsVerifier(topicArn, down)(signedWith())).rejects.toThrow('503');
  });

  it('says the same as the event on the bus', async () => {
    const verify = snsVerifier(topicArn, counting().fetchIt);
    const detail = {
      eventType: 'Bounce',
      mail: {
        timestamp: '2026-01-05T10:00:00Z',
        messageId: 'x',
        destination: ['a@b.example'],
        tags: { store: ['demo'], customer: ['c'], send: ['s'] },
      },
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        timestamp: '2026-01-05T10:00:01Z',
        bouncedRecipients: [{ emailAddress: 'a@b.example' }],
      },
    };
    const onBus = await readMessage(JSON.stringify({ detail }), verify);
    const overSns = await readMessage(JSON.stringify(signedWith({ Message: JSON.stringify(detail) })), verify);
    expect(onBus).toMatchObject({ store: 'demo', isHardBounce: true });
    expect(overSns).toEqual(onBus);
    const greeting = signedWith({ Message: 'Successfully validated SNS topic for Amazon SES event publishing.' });
    expect(await readMessage(JSON.stringify(greeting), verify)).toBeUndefined();
    await expect(readMessage('{"Type":"Notification","SignatureVersion":"1"}', verify)).rejects.toThrow();
  });
});

const folder = new URL('../../../../shared/data/ses/sns-signed/', import.meta.url);
const missing = existsSync(folder) ? '' : '(skipped: no recorded message in ../shared/data/ses/sns-signed)';

describe.skipIf(missing !== '')(`a message SNS really signed ${missing}`, () => {
  const file = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const real = () => snsEnvelope.parse(JSON.parse(file('subscription.signed.json')));
  const realPem = () => file('SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem');

  it('verifies, and its certificate lies where we look', () => {
    expect(isSignedBy(real(), realPem())).toBe(true);
    expect(certificateUrl(real())?.host).toBe('sns.eu-central-1.amazonaws.com');
  });

  it('does not with one byte flipped, anywhere in it', () => {
    const envelope = real();
    fc.assert(
      fc.property(
        fc.constantFrom('Message', 'Token', 'SubscribeURL', 'Timestamp', 'TopicArn', 'MessageId'),
        fc.nat(),
        (field, where) => {
          const text = Buffer.from(String(envelope[field as keyof SnsEnvelope]));
          const at = where % text.length;
          text[at] = (text[at] ?? 0) ^ 1;
          expect(isSignedBy({ ...envelope, [field]: text.toString('latin1') }, realPem())).toBe(false);
        },
      ),
    );
    expect(isSignedBy(envelope, pem)).toBe(false);
  });
});
