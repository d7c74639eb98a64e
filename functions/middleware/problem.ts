import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** One thing wrong with a request: where, and which rule it breaks. Never the value, which may be personal. */
type ProblemFault = Readonly<{ path: string; rule: string }>;

export type Problem = Readonly<{
  status: number;
  title: string;
  /** A URI that names the kind of problem; `about:blank` says that `title` and `status` are all there is. */
  type?: string;
  detail?: string;
  /** A code of the domain that explains the refusal. */
  reason?: string;
  errors?: readonly ProblemFault[];
  headers?: Readonly<Record<string, string>>;
}>;

/** The HTTP answer for a refusal or a fault (RFC 9457, `application/problem+json`). */
export const problem = ({ headers, type = 'about:blank', ...members }: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: members.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify({ type, ...members }),
});
