import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export type WireRequest = Readonly<{ target: string; path: string; headers: IncomingHttpHeaders; body: unknown }>;
export type WireAnswer =
  | Readonly<{ status: number; body: unknown; headers?: Readonly<Record<string, string>> }>
  /** The connection breaks, or the answer never comes. */
  | 'reset'
  | 'silence';

/** An HTTP endpoint for an AWS client under test: the real protocol on the wire, answers as the test says. */
export type AwsWire = Readonly<{
  endpoint: string;
  requests: readonly WireRequest[];
  /** Answers requests in turn; the last answer stays. */
  answer(...answers: readonly ((request: WireRequest) => WireAnswer)[]): void;
  stop(): Promise<void>;
}>;

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

export const startAwsWire = async (): Promise<AwsWire> => {
  const requests: WireRequest[] = [];
  let answers: ((request: WireRequest) => WireAnswer)[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const request = { target, path: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(text || 'null') };
    requests.push(request);
    const [first, ...rest] = answers;
    if (rest.length > 0) answers = rest;
    const answer = first?.(request) ?? { status: 500, body: {} };
    if (answer === 'reset') incoming.socket.destroy();
    if (typeof answer === 'string') return;
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    outgoing.end(JSON.stringify(answer.body));
  });
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    answer(...next) {
      requests.length = 0;
      answers = [...next];
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const wireCredentials = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
} as const;
