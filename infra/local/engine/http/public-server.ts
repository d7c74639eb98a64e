import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { replyProblem } from './reply.ts';

export interface PublicPages {
  /** `/_local/...` */
  control: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
  /** `/inbox...` */
  inbox: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
  /** Everything else. */
  api: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const isUnder = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The address a person sees: the HTTP API, the inbox and the control plane on one port. */
export const publicServer = (pages: () => PublicPages | undefined): Server => {
  const server = createServer((request, response) => {
    void serve(pages(), request, response).catch((error: unknown) => {
      if (!response.headersSent)
        replyProblem(response, 500, 'The local run failed', error instanceof Error ? error.message : String(error));
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 0;
  return server;
};

const serve = async (
  pages: PublicPages | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (pages === undefined) return replyProblem(response, 503, 'Starting', 'the local run is not ready yet');
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) return replyProblem(response, 400, 'Bad request', 'the path is not a path');
  if (isUnder(url.pathname, '/_local')) return pages.control(request, response, url);
  if (isUnder(url.pathname, '/inbox')) return pages.inbox(request, response, url);
  return pages.api(request, response);
};

/** Listens on this machine only; answers with the port. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
