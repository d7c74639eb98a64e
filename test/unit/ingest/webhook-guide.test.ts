import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../../functions/ingest/ingest.ts';
import { bench, request, standardSecret } from './ingest-bench.ts';

const root = join(import.meta.dirname, '../../..');
const guide = await readFile(join(root, 'docs/guides/webhooks.md'), 'utf8');
const b = bench();

const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const [, , store = '', source = ''] = (incoming.url ?? '').split('/');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  // The one test where the sender's own clock decides: the guide's example signs with it.
  const answer = await ingest(
    b.deps,
    request({ store, source, headers, body: Buffer.concat(chunks), base64: true }),
    Date.now(),
  );
  outgoing.writeHead(answer.statusCode ?? 500).end(answer.body);
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhook-guide-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const run = async (secret: string): Promise<string> => {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];
  const file = join(folder, 'send-order.mjs');
  await writeFile(file, code);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const ENDPOINT = `http://127.0.0.1:${port}/webhooks/demo/standard`;
  const { stdout } = await promisify(execFile)(process.execPath, [file], {
    env: { ...process.env, ENDPOINT, SECRET: secret },
  });
  return stdout.trim();
};

describe('the example of the webhook guide', () => {
  it('sends an order that is accepted, and prints what the guide says it prints', async () => {
    const printed = await run(standardSecret);
    expect(guide).toContain(`It prints \`${printed}\`.`);
    expect(b.only('ORDER')[0]?.value).toMatchObject({
      order: {
        orderId: '1001',
        totalMinor: 12050,
        customer: { email: 'ada@example.com', consent: { state: 'granted' } },
      },
    });
  });
  it('is refused under another secret', async () => {
    expect(await run('whsec_b3RoZXIgb3RoZXIgb3RoZXI=')).toMatch(/^401 /);
  });
});

const sources = [
  'functions/ingest/read-shopify.ts',
  'functions/ingest/store-intake.ts',
  'shared/domain/intake/plausible-times.ts',
  'shared/domain/intake/shopify/customer.ts',
  'shared/domain/intake/shopify/order.ts',
  'shared/domain/intake/shopify/refund.ts',
  'shared/domain/intake/shopify/topics.ts',
  'shared/domain/intake/standard/standard.ts',
];
const reasonIn =
  /(?:refuse|nothing|toOperator)\('([a-z-]+)'\)|context, '([a-z-]+)'|reason: '([a-z-]+)'|^ *(?:if|return) .*\? '([a-z-]+)'|return '([a-z-]+-[a-z-]+)'|ImplausibleTime = '([a-z-]+)' \| '([a-z-]+)'/gm;

describe('the reasons in the webhook guide', () => {
  it('are all the reasons there are, and no others', async () => {
    const code = await Promise.all(sources.map((path) => readFile(join(root, path), 'utf8')));
    const used = code.flatMap((text) =>
      [...text.matchAll(reasonIn)].flatMap(([, ...found]) => found.filter((reason) => reason !== undefined)),
    );
    const [, table = ''] = guide.split('Reasons of `ignored`');
    const told = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, reason]) => reason);
    expect([...new Set([...used, 'duplicate', 'stale'])].sort()).toEqual([...told].sort());
  });
});
