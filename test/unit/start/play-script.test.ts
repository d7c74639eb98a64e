import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { agenda } from '../../../infra/local/start/play/agenda.ts';
import { httpCaller } from '../../../infra/local/start/play/http-caller.ts';
import { noAnswers, type Target } from '../../../infra/local/start/play/perform.ts';
import { playScript } from '../../../infra/local/start/play/play-script.ts';
import type { Act, ReceivedMail, Script } from '../../../infra/local/start/play/script.ts';

const hour = 3_600_000;
const webhook = (at: number, id: string, chain = id): Act => ({
  type: 'webhook',
  at,
  chain,
  delivery: { source: 'standard', topic: 'order.created', id, body: `{"id":"${id}"}` },
});

type Call = Readonly<{ at: number; path: string; id: string }>;
const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => void server.close()));

/** A system that answers and remembers, with a clock that only moves when told to. */
const fakeSystem = async (answer: (id: string) => readonly [number, object]) => {
  let now = 0;
  const calls: Call[] = [];
  const mails: ReceivedMail[] = [];
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id'] ?? '');
    calls.push({ at: now, path: request.url ?? '', id });
    const [status, body] = answer(id);
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = httpCaller();
  const target: Target = {
    api,
    control: `${api}/_local`,
    store: 'demo',
    secrets: { shopify: 's', standard: 'whsec_c2VjcmV0' },
    http,
    now: () => now,
  };
  const system = {
    now: () => now,
    advanceTo: async (at: number) => {
      now = Math.max(now, at);
    },
    idle: async () => undefined,
    newMails: async () => mails.splice(0),
  };
  return { system, target, calls, mails, http };
};

const scriptOf = (acts: readonly Act[], to: number, receive: Script['receive'] = () => undefined): Script => {
  const plan = agenda<Act>();
  for (const act of acts) plan.add(act);
  return { from: 0, to, nextAt: plan.nextAt, take: plan.take, receive, zoneOf: () => undefined };
};

describe('playing a script', () => {
  it('says everything once, at the end of its hour, and ends at its end', async () => {
    const { system, target, calls, http } = await fakeSystem(() => [202, { status: 'accepted' }]);
    const acts = [webhook(10, 'a'), webhook(hour - 1, 'b'), webhook(5 * hour + 1, 'c')];
    const answers = noAnswers();
    await playScript(scriptOf(acts, 9 * hour), system, target, answers, () => undefined);
    expect(calls.map(({ at, id }) => [at / hour, id]).sort()).toEqual([
      [1, 'a'],
      [1, 'b'],
      [6, 'c'],
    ]);
    expect([system.now(), answers.webhooks, answers.accepted]).toEqual([9 * hour, 3, 3]);
    http.close();
  });

  it('keeps the acts of one person in their order', async () => {
    const { system, target, calls, http } = await fakeSystem(() => [202, { status: 'accepted' }]);
    const acts = Array.from({ length: 20 }, (_, n) => webhook(n, `${n}`, 'ada'));
    await playScript(scriptOf(acts, hour), system, target, noAnswers(), () => undefined);
    expect(calls.map(({ id }) => Number(id))).toEqual([...Array(20).keys()]);
    http.close();
  });

  it('counts what was ignored by reason, and never overlooks a refusal', async () => {
    const { system, target, http } = await fakeSystem((id) =>
      id === 'bad' ? [401, {}] : [202, { status: 'ignored', reason: 'duplicate' }],
    );
    const answers = noAnswers();
    await playScript(scriptOf([webhook(1, 'a'), webhook(2, 'bad')], hour), system, target, answers, () => undefined);
    expect([...answers.ignored]).toEqual([['duplicate', 1]]);
    expect([...answers.failed]).toEqual([['order.created answered 401', 1]]);
    http.close();
  });

  it('hands over mail within a day, so that its readers act while it is fresh', async () => {
    const { system, target, mails, http } = await fakeSystem(() => [202, { status: 'accepted' }]);
    const received: number[] = [];
    const late = webhook(100 * hour, 'z');
    mails.push({ id: 'm', at: 1, to: 'a@example.com', subject: '', headers: {}, text: '', tags: {} });
    await playScript(
      scriptOf([late], 101 * hour, () => void received.push(system.now())),
      system,
      target,
      noAnswers(),
      () => undefined,
    );
    expect(received).toEqual([24 * hour]);
    http.close();
  });
});
