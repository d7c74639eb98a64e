import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod';

/** What SNS puts around a message for a queue. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export const snsEnvelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
export type SnsEnvelope = z.output<typeof snsEnvelope>;

const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;

/** The text SNS signs: names and values of these fields by name, a line each. */
export const signedText = (envelope: SnsEnvelope): string =>
  signedFields[envelope.Type]
    .map((name) => (envelope[name] === undefined ? '' : `${name}\n${envelope[name]}\n`))
    .join('');

const algorithms = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' } as const;

/** Whether the holder of the certificate's key signed the envelope as it is. */
export const isSignedBy = (envelope: SnsEnvelope, certificatePem: string): boolean =>
  verify(
    algorithms[envelope.SignatureVersion],
    Buffer.from(signedText(envelope)),
    createPublicKey(certificatePem),
    Buffer.from(envelope.Signature, 'base64'),
  );

/**
 * The certificate's address, where it is SNS's own of the topic's region: a certificate from anywhere else proves nothing.
 *
 * @returns `undefined` for any other address.
 */
export const certificateUrl = ({ SigningCertURL, TopicArn }: SnsEnvelope): URL | undefined => {
  const url = URL.parse(SigningCertURL);
  const region = TopicArn.split(':')[3] ?? '';
  const hosts = [`sns.${region}.amazonaws.com`, `sns.${region}.amazonaws.com.cn`];
  const isOurs =
    url?.protocol === 'https:' &&
    /^[a-z0-9-]+$/.test(region) &&
    hosts.includes(url.host) &&
    url.username === '' &&
    /^\/SimpleNotificationService-[0-9A-Za-z]+\.pem$/.test(url.pathname) &&
    url.search === '';
  return isOurs ? url : undefined;
};
