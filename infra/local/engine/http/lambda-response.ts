import * as z from 'zod';

const structured = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** What the HTTP API makes of a handler's answer (format 2.0); nothing when it cannot use it. */
export const answerOf = (payload: string): HttpAnswer | undefined => {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return inferred(value);
  const parsed = structured.safeParse(value);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const named = Object.entries(headers ?? {}).map(([name, text]): [string, string | string[]] => [
    name.toLowerCase(),
    String(text),
  ]);
  const all = Object.fromEntries(named);
  if (all['content-type'] === undefined && (body ?? '') !== '') all['content-type'] = 'text/plain;charset=UTF-8';
  if (cookies !== undefined && cookies !== null) all['set-cookie'] = cookies;
  return {
    status: statusCode,
    headers: all,
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};

/** A value without a status code is a 200 with that value as JSON. */
const inferred = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});

export const messageAnswer = (status: number, message: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify({ message })),
});
