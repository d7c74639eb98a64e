import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { answer } from '../../../functions/admin/answer.ts';
import { ingest } from '../../../functions/ingest/ingest.ts';
import type { MailAccount } from '../../../infra/cli/doctor/mail-account.ts';
import { runCli } from '../../../infra/cli/run-cli.ts';
import { operationsOver, type ParameterStore } from '../../../infra/cli/system/operations.ts';
import type { AwsPlace, ConnectAws } from '../../../infra/cli/system/system.ts';
import type { World } from '../../../infra/cli/world.ts';
import { memoryCounters } from '../../../shared/adapters/memory/memory-counters.ts';
import { days, toIso } from '../../../shared/domain/time.ts';
import { parameterNames } from '../../../shared/env.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

const api = 'http://127.0.0.1:4600';
const control = `${api}/_local`;
const prefix = '/perennial/local';
export const standardSecret = `whsec_${Buffer.alloc(32, 200).toString('base64')}`;

const localFile = {
  api,
  control,
  inbox: `${api}/inbox`,
  adminToken: 'local-token',
  awsEndpoint: 'http://127.0.0.1:4601',
  parameterPrefix: prefix,
  tableName: 'table',
  region: 'eu-west-1',
  stores: [{ id: 'demo', secrets: { standard: standardSecret } }],
};

type Web = Readonly<{ method: string; url: URL; headers: Record<string, string>; body?: string }>;

const responseOf = ({ statusCode, headers, body }: APIGatewayProxyStructuredResultV2): Response =>
  new Response(body ?? null, {
    status: statusCode ?? 200,
    headers: new Headers({ 'content-type': String(headers?.['content-type']) }),
  });

const queryOf = (url: URL): Record<string, string> => Object.fromEntries(url.searchParams);

/** What the HTTP API hands a function. */
const eventOf = <More extends object>({ url, headers, body }: Web, more: More) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: url.pathname,
  rawQueryString: url.search.slice(1),
  headers,
  queryStringParameters: queryOf(url),
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: false,
  ...more,
});

const contextOf = (method: string, path: string, more: object = {}) => ({
  accountId: '0',
  apiId: 'local',
  domainName: 'local',
  domainPrefix: 'local',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
  requestId: 'r',
  routeKey: '$default',
  stage: '$default',
  time: '',
  timeEpoch: 0,
  ...more,
});

const clockOrder = z.union([z.object({ advance: z.string().regex(/^P\d+D$/) }), z.object({ to: z.string() })]);

/** The command line before a whole system in memory: the same use-cases as on AWS, behind the same addresses. */
export const cliScene = async (
  options: Readonly<{
    local?: boolean;
    env?: Record<string, string>;
    secretInput?: string;
    isTty?: boolean;
    /** What is typed when asked. */
    answer?: string;
    files?: Record<string, string>;
    dns?: Record<string, readonly string[]>;
    mail?: MailAccount;
  }> = {},
) => {
  const system = await makeWorld();
  const { deps } = system;
  const parameters = new Map([
    [parameterNames.storeSecrets(prefix, 'demo'), JSON.stringify({ standard: [standardSecret] })],
  ]);
  const parameterStore: ParameterStore = {
    get: async (name) => parameters.get(name),
    putSecret: async (name, value, overwrite) => {
      if (!overwrite && parameters.has(name)) return 'there';
      parameters.set(name, value);
      return 'written';
    },
  };
  const places: AwsPlace[] = [];
  const connect: ConnectAws = async (place) => {
    places.push(place);
    return operationsOver(place.where, place.prefix, deps.catalogue, parameterStore, deps, options.mail);
  };

  const admin = (web: Web) =>
    answer(
      {
        ...deps,
        stores: deps.catalogue,
        counters: memoryCounters(system.table),
      },
      eventOf(web, {
        requestContext: contextOf(web.method, web.url.pathname, {
          authorizer: { jwt: { claims: { perennial_role: 'admin', perennial_store: 'demo *' }, scopes: [] } },
        }),
      }),
      system.now(),
    );

  const webhook = async (web: Web) => {
    const [, , store = '', source = ''] = web.url.pathname.split('/');
    const secrets = {
      storeSecrets: async (id: string) =>
        JSON.parse(parameters.get(parameterNames.storeSecrets(prefix, id)) ?? 'null') ?? undefined,
    };
    const event = eventOf(web, {
      pathParameters: { store, source },
      requestContext: contextOf('POST', web.url.pathname),
    });
    const result = await ingest(
      { ...deps, secrets, stores: deps.catalogue, log: { warn: () => undefined, error: () => undefined } },
      event,
      system.now(),
    );
    if (result.statusCode === 202) {
      const { data } = z.object({ data: z.object({ id: z.string() }) }).parse(JSON.parse(web.body ?? ''));
      await system.ringAgain(anOrder({ orderId: data.id, placedAt: system.now() }));
    }
    return result;
  };

  const controlPlane = async (web: Web): Promise<unknown> => {
    if (web.url.pathname.endsWith('/clock')) {
      const order = clockOrder.parse(JSON.parse(web.body ?? ''));
      const to = 'to' in order ? Date.parse(order.to) : system.now() + days(Number(/\d+/.exec(order.advance)?.[0]));
      await system.advanceTo(to);
    }
    if (web.url.pathname.endsWith('/inbox')) {
      return system.mails.map((mail) => ({
        id: mail.sendId,
        at: toIso(mail.at),
        to: mail.to,
        subject: mail.subject,
        tags: mail.tags,
      }));
    }
    return { now: toIso(system.now()) };
  };

  const calls: Web[] = [];
  const fetched = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    const headers = Object.fromEntries(new Headers(init.headers));
    const web: Web = {
      method: init.method ?? 'GET',
      url,
      headers,
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
    };
    calls.push(web);
    if (url.pathname.startsWith('/u/'))
      return new Response('', { status: 404, headers: { 'x-robots-tag': 'noindex, nofollow' } });
    if (url.origin !== api) throw new TypeError('fetch failed');
    if (url.pathname.startsWith('/_local')) return Response.json(await controlPlane(web));
    return responseOf(await (url.pathname.startsWith('/webhooks/') ? webhook(web) : admin(web)));
  };

  let out = '';
  let complaints = '';
  let counter = 0;
  const statuses: string[] = [];
  const files = new Map(Object.entries(options.files ?? {}));
  const world: World = {
    env: options.env ?? {},
    isTty: options.isTty ?? false,
    print: (text) => {
      out += text;
    },
    complain: (text) => {
      complaints += text;
    },
    ask: async (question) => {
      complaints += question;
      return options.answer ?? '';
    },
    status: (line) => void statuses.push(line),
    readFile: async (path) => files.get(path),
    writeNewFile: async (path, text) => {
      if (files.has(path)) return 'there';
      files.set(path, text);
      return 'written';
    },
    sleep: async (ms) => {
      await system.advanceTo(system.now() + ms);
    },
    readSecret: async () => options.secretInput ?? '',
    readLocalFile: async () => (options.local === false ? undefined : JSON.stringify(localFile)),
    fetch: fetched,
    dns: { txt: async (name) => options.dns?.[name] ?? [] },
    now: () => system.now(),
    randomBytes: (count) => {
      counter += 1;
      return new Uint8Array(count).fill(counter);
    },
  };
  return {
    system,
    parameters,
    places,
    calls,
    prefix,
    files,
    statuses,
    secretsOf: (store: string) => JSON.parse(parameters.get(parameterNames.storeSecrets(prefix, store)) ?? 'null'),
    /** Runs one command line as typed; words in double quotes stay together. */
    async run(line: string) {
      out = '';
      complaints = '';
      const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
      const code = await runCli(argv, world, connect);
      const said = out;
      return { code, out: said, complaints, json: () => JSON.parse(said) };
    },
  };
};
