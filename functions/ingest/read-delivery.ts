import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** One request to `/webhooks/{store}/{source}`, its body as the bytes that were signed; header names in lower case. */
export type Delivery = Readonly<{
  type: 'delivery';
  store: string;
  source: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}>;

const maxBodyBytes = 1_048_576;

// Secrets are looked up by this name, so only what a store may be called gets that far.
const storeName = /^[a-z0-9][a-z0-9-]{0,62}$/;

const bodyOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Uint8Array =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

const lowerCase = (headers: APIGatewayProxyEventV2['headers']): Delivery['headers'] =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value ? [[name.toLowerCase(), value]] : [])));

export const readDelivery = (
  event: APIGatewayProxyEventV2,
): Delivery | Readonly<{ type: 'too-large' } | { type: 'nowhere' }> => {
  const { store = '', source = '' } = event.pathParameters ?? {};
  if (!storeName.test(store)) return { type: 'nowhere' };
  const body = bodyOf(event);
  if (body.length > maxBodyBytes) return { type: 'too-large' };
  return { type: 'delivery', store, source, headers: lowerCase(event.headers), body };
};
