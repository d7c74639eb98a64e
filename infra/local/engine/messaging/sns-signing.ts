import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type SnsEnvelope, signedText } from '../../../../shared/adapters/sns/sns-envelope.ts';
import { region } from '../aws-names.ts';

const path = '/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem';

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
const keys = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** Signs as SNS does, with a key of this run. */
export const signed = (envelope: Omit<SnsEnvelope, 'Signature' | 'SigningCertURL'>): SnsEnvelope => {
  const SigningCertURL = `https://sns.${region}.amazonaws.com${path}`;
  const text = signedText({ ...envelope, Signature: '', SigningCertURL });
  const algorithm = envelope.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return {
    ...envelope,
    Signature: sign(algorithm, Buffer.from(text), keys().privateKey).toString('base64'),
    SigningCertURL,
  };
};

/** What is to be found at the address of the certificate: its public key, which is all that is read of it. */
export const certificateFor = (requestPath: string): string | undefined =>
  requestPath === path ? keys().publicKey.export({ type: 'spki', format: 'pem' }).toString() : undefined;
