import type { ServerResponse } from 'node:http';

export const replyJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  type = 'application/json',
): void => {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' });
  response.end(body);
};

/** An RFC 9457 problem. */
export const replyProblem = (response: ServerResponse, status: number, title: string, detail: string): void =>
  replyJson(response, status, { type: 'about:blank', title, status, detail }, 'application/problem+json');
