import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Blueprint, type SynthesizedStack } from './assembly/blueprint.ts';
import { type Core, createCore } from './assembly/core.ts';
import { type RunningStack, runStack } from './assembly/run-stack.ts';
import { type AwsServices, awsEndpoint } from './http/aws-endpoint.ts';
import { JwtIssuer } from './http/jwt-issuer.ts';
import { listen, type PublicPages, publicServer } from './http/public-server.ts';
import { externalTableServer, startDynoxide, type TableServer } from './tables/dynoxide.ts';

export { localIssuer } from './http/jwt-issuer.ts';

export interface LocalStackOptions {
  templates: readonly SynthesizedStack[];
  /** 0 for any free port. */
  port: number;
  /** Kept when given; else a fresh folder on a memory disk, removed on close. */
  dataDir?: string | undefined;
  /** Virtual time at the start; the wall clock when not given. */
  clockStartAt?: number | undefined;
  /** Secrets to put into Parameter Store, by name. */
  secrets?: Readonly<Record<string, string>> | undefined;
  log?: ((line: string) => void) | undefined;
}

export interface LocalStack {
  /** The HTTP API, no trailing slash. */
  readonly api: string;
  /** A web page. */
  readonly inbox: string;
  readonly control: string;
  /** Speaks DynamoDB, SQS, EventBridge, SES v2, SSM and Lambda's Invoke. */
  readonly awsEndpoint: string;
  /** Physical names and URLs by logical id. */
  readonly tableNames: Readonly<Record<string, string>>;
  readonly queueUrls: Readonly<Record<string, string>>;
  readonly functionNames: Readonly<Record<string, string>>;
  /** The stacks' outputs, without exports. */
  readonly outputs: Readonly<Record<string, string>>;
  now(): number;
  /** Runs every schedule and wake on the way; resolves when idle. */
  advanceTo(at: number): Promise<void>;
  idle(): Promise<void>;
  /** A token the API's JWT authorizer trusts. */
  mintToken(claims: Readonly<Record<string, unknown>>): string;
  close(): Promise<void>;
}

/** Runs synthesized stacks on this machine. */
export const startLocalStack = async (options: LocalStackOptions): Promise<LocalStack> => {
  const { dataDir, isTemporary } = await openDataDir(options.dataDir);
  const core = createCore(options.clockStartAt, dataDir, options.log ?? (() => undefined));
  const held: Held = {
    core,
    servers: [],
    tables: undefined,
    stack: undefined,
    temporaryDir: isTemporary ? dataDir : undefined,
  };
  try {
    return await start(options, held, !isTemporary);
  } catch (error) {
    await closeAll(held);
    throw error;
  }
};

/** What has to be let go of, in whatever state the start ended. */
interface Held {
  core: Core;
  servers: Server[];
  tables: TableServer | undefined;
  stack: RunningStack | undefined;
  temporaryDir: string | undefined;
}

const start = async (options: LocalStackOptions, held: Held, isKept: boolean): Promise<LocalStack> => {
  const { core } = held;
  const [issuer, tableServer, services, pages] = await Promise.all([
    JwtIssuer.create(),
    startTables(core.dataDir, held.temporaryDir),
    listenLate<AwsServices>(held, 0, (value) => awsEndpoint(value)),
    listenLate<PublicPages>(held, options.port, (value) => publicServer(value)),
  ]);
  held.tables = tableServer;
  const api = `http://127.0.0.1:${pages.port}`;
  const endpoint = `http://127.0.0.1:${services.port}`;
  const blueprint = new Blueprint(options.templates, { awsEndpoint: endpoint, api });
  const stack = await runStack({ blueprint, core, issuer, tableServer, secrets: options.secrets ?? {}, isKept });
  held.stack = stack;
  services.provide(stack.services);
  pages.provide(stack.pages);
  stack.begin();
  let closing: Promise<void> | undefined;
  return {
    api,
    inbox: `${api}/inbox`,
    control: `${api}/_local`,
    awsEndpoint: endpoint,
    tableNames: stack.tableNames,
    queueUrls: stack.queueUrls,
    functionNames: stack.functionNames,
    outputs: blueprint.outputs,
    now: core.now,
    advanceTo: stack.advanceTo,
    idle: () => core.activity.idle(),
    mintToken: (claims) => issuer.mint({ aud: stack.audience, ...claims }),
    close: () => {
      closing ??= closeAll(held);
      return closing;
    },
  };
};

/** A port is needed before there is anything to serve on it: addresses are part of what the functions are told. */
const listenLate = async <T>(held: Held, port: number, make: (value: () => T | undefined) => Server) => {
  let value: T | undefined;
  const server = make(() => value);
  held.servers.push(server);
  const bound = await listen(server, port);
  const provide = (given: T): void => {
    value = given;
  };
  return { port: bound, provide };
};

const startTables = (dataDir: string, temporaryDir: string | undefined): Promise<TableServer> => {
  const external = process.env['DYNAMODB_ENDPOINT'];
  return external === undefined
    ? startDynoxide(join(dataDir, 'tables.db'), temporaryDir)
    : Promise.resolve(externalTableServer(external));
};

const openDataDir = async (given: string | undefined): Promise<{ dataDir: string; isTemporary: boolean }> => {
  if (given === undefined) {
    const disk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    return { dataDir: await mkdtemp(join(disk, 'perennial-')), isTemporary: true };
  }
  await mkdir(given, { recursive: true });
  return { dataDir: given, isTemporary: false };
};

const closeAll = async ({ core, servers, tables, stack, temporaryDir }: Held): Promise<void> => {
  core.timers.close();
  await Promise.all(servers.map(closeServer));
  await stack?.close();
  await tables?.close();
  if (temporaryDir !== undefined) await rm(temporaryDir, { recursive: true, force: true });
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
