import { LifecycleError } from '../../domain/errors.ts';
import { certificateUrl, isSignedBy, type SnsEnvelope } from './sns-envelope.ts';

/** Answers the message of an envelope that SNS signed for our topic; throws `message.forged` for any other. */
export type SnsVerifier = (envelope: SnsEnvelope) => Promise<string>;

type Fetch = (url: string) => Promise<Readonly<{ ok: boolean; status: number; text(): Promise<string> }>>;

const forged = (field: string, rule: string): LifecycleError<'message.forged'> =>
  new LifecycleError('message.forged', `cannot take a message: '${field}' must ${rule}, got something else`, { field });

/** SNS has one certificate at a time; a warm container keeps the last few. */
const cachedCertificates = 8;

/**
 * @param endpoint Where AWS is to be found instead, as the SDK's `AWS_ENDPOINT_URL` says; the address in the message is judged as it is.
 */
export const snsVerifier = (topicArn: string, fetchIt: Fetch = fetch, endpoint?: string): SnsVerifier => {
  const certificates = new Map<string, string>();
  const certificateAt = async (url: URL): Promise<string> => {
    const known = certificates.get(url.href);
    if (known !== undefined) return known;
    const answer = await fetchIt(endpoint === undefined ? url.href : new URL(url.pathname, endpoint).href);
    if (!answer.ok) throw new Error(`certificate not there: ${answer.status}`);
    const pem = await answer.text();
    if (certificates.size >= cachedCertificates) certificates.clear();
    certificates.set(url.href, pem);
    return pem;
  };
  return async (envelope) => {
    if (envelope.TopicArn !== topicArn) throw forged('TopicArn', 'be our topic');
    const url = certificateUrl(envelope);
    if (url === undefined) throw forged('SigningCertURL', "be SNS's own");
    if (!isSignedBy(envelope, await certificateAt(url))) throw forged('Signature', 'fit the message');
    return envelope.Message;
  };
};
