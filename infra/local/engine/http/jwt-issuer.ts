import { generateKeyPair, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';

/** The issuer to synthesize with (`jwtIssuer`). A name, not an address: its keys are at `{control}/issuer/.well-known/jwks.json`. */
export const localIssuer = 'https://issuer.perennial.localhost';

const header = z.object({ alg: z.literal('RS256'), kid: z.string() });
const claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});
export type Claims = z.infer<typeof claims>;

export interface Expected {
  issuer: string;
  audience: readonly string[];
  /** Wall-clock seconds. */
  nowSeconds: number;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const hourSeconds = 3_600;

/** Issues and checks RS256 tokens, on the wall clock. */
export class JwtIssuer {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #kid = randomUUID();

  private constructor(privateKey: KeyObject, publicKey: KeyObject) {
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  static async create(): Promise<JwtIssuer> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    return new JwtIssuer(privateKey, publicKey);
  }

  jwks() {
    return { keys: [{ ...this.#publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: this.#kid }] };
  }

  /** Signs the claims; issuer, issue time and an expiry in twelve hours are filled in. */
  mint(given: Record<string, unknown>): string {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const filled = { iss: localIssuer, iat: nowSeconds, exp: nowSeconds + 12 * hourSeconds, ...given };
    const signed = `${base64url({ alg: 'RS256', typ: 'JWT', kid: this.#kid })}.${base64url(filled)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#privateKey).toString('base64url')}`;
  }

  /** The claims of a token that is signed by us, not expired, and meant for this audience. */
  check(token: string, { issuer, audience, nowSeconds }: Expected): Claims | undefined {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const parsedHead = header.safeParse(fromBase64url(head));
    const parsed = claims.safeParse(fromBase64url(payload));
    if (!parsedHead.success || !parsed.success || parsedHead.data.kid !== this.#kid) return undefined;
    if (!verify('sha256', Buffer.from(`${head}.${payload}`), this.#publicKey, Buffer.from(signature, 'base64url')))
      return undefined;
    const { iss, aud, client_id, exp, nbf = 0 } = parsed.data;
    const meantFor = [aud ?? client_id ?? []].flat();
    const inTime = nbf <= nowSeconds && nowSeconds < exp;
    return iss === issuer && inTime && meantFor.some((one) => audience.includes(one)) ? parsed.data : undefined;
  }
}

const fromBase64url = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};
