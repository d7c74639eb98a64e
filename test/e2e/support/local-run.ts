import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../..');

type Ready = Readonly<{
  api: string;
  control: string;
  inbox: string;
  adminToken: string;
  now: string;
  stores: readonly Readonly<{ id: string; secrets: Readonly<Record<string, string>> }>[];
}>;

/** A mail as the inbox shows it. */
export type InboxMail = Readonly<{
  id: string;
  at: string;
  to: string;
  subject: string;
  headers: Readonly<Record<string, string>>;
  text: string;
  html: string;
  tags: Readonly<Record<string, string>>;
}>;

export type WebhookAnswer = Readonly<{ status: number; body: unknown }>;
export type LocalRun = Awaited<ReturnType<typeof startLocalRun>>;

const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
};

/** Starts the whole system as a user would, on a free port, and speaks to it over HTTP alone. */
export const startLocalRun = async (options: readonly string[] = ['--no-demo']) => {
  const home = mkdtempSync(join(tmpdir(), 'perennial-e2e-'));
  const child = spawn(process.execPath, [join(root, 'infra/local/start.mjs'), '--json', '--port', '0', ...options], {
    cwd: root,
    env: { ...process.env, PERENNIAL_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines: Record<string, unknown>[] = [];
  const waiting: { event: string; found: (line: Record<string, unknown>) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) return;
    const line: Record<string, unknown> = JSON.parse(text);
    lines.push(line);
    for (const { event, found } of waiting) if (line['event'] === event) found(line);
  });
  const lineOf = (event: string): Promise<Record<string, unknown>> => {
    const known = lines.find((line) => line['event'] === event);
    if (known !== undefined) return Promise.resolve(known);
    const gone = exited.then((code) => {
      throw new Error(`the local run ended with ${code} before '${event}': ${errors.slice(0, 2_000)}`);
    });
    return Promise.race([new Promise<Record<string, unknown>>((found) => waiting.push({ event, found })), gone]);
  };
  /** What roles did not allow: no test here means to be denied anything. */
  const denied = (): string[] =>
    lines.flatMap(({ event, text }) =>
      event === 'trouble' && String(text).includes(' was denied: ') ? String(text) : [],
    );
  const ready = (await lineOf('ready')) as unknown as Ready;
  const store = ready.stores[0] ?? { id: '', secrets: {} };

  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(
      `${ready.control}${path}`,
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    );
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return jsonOf(response);
  };
  const now = async (): Promise<number> => Date.parse(((await control('/status')) as { now: string }).now);

  const post = async (source: string, body: string, headers: Record<string, string>): Promise<WebhookAnswer> => {
    const response = await fetch(`${ready.api}/webhooks/${store.id}/${source}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, body: await jsonOf(response) };
  };

  return {
    ...ready,
    /** Where it leaves its address for the command line. */
    home,
    store: store.id,
    secrets: store.secrets,
    lineOf,
    control,
    now,
    idle: () => control('/idle', {}),
    advance: (duration: string) => control('/clock', { advance: duration }),
    advanceTo: (at: number) => control('/clock', { to: new Date(at).toISOString() }),
    inbox: async (query: Readonly<{ to?: string; campaign?: string }>): Promise<readonly InboxMail[]> =>
      (await control(`/inbox?${new URLSearchParams(query)}`)) as readonly InboxMail[],
    /** A correctly signed Standard Webhooks delivery. */
    standard: async (
      type: string,
      data: unknown,
      options: Readonly<{ id?: string; at?: number; secret?: string; timestamp?: string }> = {},
    ): Promise<WebhookAnswer> => {
      const at = options.at ?? (await now());
      const body = JSON.stringify({ type, timestamp: options.timestamp ?? new Date(at).toISOString(), data });
      const id = options.id ?? `msg_${randomUUID()}`;
      const seconds = String(Math.floor(at / 1_000));
      const key = Buffer.from((options.secret ?? store.secrets['standard'] ?? '').replace(/^whsec_/, ''), 'base64');
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      return post('standard', body, {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature}`,
      });
    },
    /** A correctly signed Shopify delivery of exactly these bytes. */
    shopify: (topic: string, body: string): Promise<WebhookAnswer> =>
      post('shopify', body, {
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': createHmac('sha256', store.secrets['shopify'] ?? '')
          .update(body)
          .digest('base64'),
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-event-id': randomUUID(),
        'x-shopify-shop-domain': 'demo.myshopify.com',
        'x-shopify-triggered-at': new Date().toISOString(),
      }),
    admin: async (path: string, init: RequestInit = {}): Promise<WebhookAnswer> => {
      const response = await fetch(`${ready.api}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${ready.adminToken}`, 'content-type': 'application/json' },
      });
      return { status: response.status, body: await jsonOf(response) };
    },
    stop: async (): Promise<number | null> => {
      child.kill('SIGTERM');
      const code = await exited;
      rmSync(home, { recursive: true, force: true });
      const [first] = denied();
      if (first !== undefined) throw new Error(`a function was denied what it needs: ${first}`);
      return code;
    },
  };
};
