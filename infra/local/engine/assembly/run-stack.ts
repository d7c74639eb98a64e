import { join } from 'node:path';
import * as z from 'zod';
import { ControlPlane } from '../control/control-plane.ts';
import { InboxPage } from '../control/inbox-page.ts';
import type { AwsServices } from '../http/aws-endpoint.ts';
import type { JwtIssuer } from '../http/jwt-issuer.ts';
import type { PublicPages } from '../http/public-server.ts';
import { replyJson } from '../http/reply.ts';
import { EventBridgeApi } from '../messaging/event-bridge-api.ts';
import { EventBus } from '../messaging/event-bus.ts';
import { SqsApi } from '../messaging/sqs-api.ts';
import { ParameterStore } from '../parameters/parameter-store.ts';
import { StreamStore } from '../streams/stream-store.ts';
import { DynamoDbProxy, type TableListener } from '../tables/dynamodb-proxy.ts';
import type { TableServer } from '../tables/dynoxide.ts';
import type { RunningTable } from '../tables/running-table.ts';
import { TableBackend } from '../tables/table-backend.ts';
import type { Schedule } from '../time/schedule.ts';
import { TimeTravel } from '../time/travel.ts';
import { assembleAccess } from './access/assemble-access.ts';
import { assembleApi } from './assemble-api.ts';
import { assembleBuses, assembleRules } from './assemble-events.ts';
import { assembleFunctions } from './assemble-functions.ts';
import { assembleMail } from './assemble-mail.ts';
import { assembleMappings } from './assemble-mappings.ts';
import { assembleQueues, assembleTopics } from './assemble-queues.ts';
import { assembleSchedules } from './assemble-schedules.ts';
import { assembleTables } from './assemble-tables.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

export interface StackParts {
  blueprint: Blueprint;
  core: Core;
  issuer: JwtIssuer;
  tableServer: TableServer;
  secrets: Readonly<Record<string, string>>;
  /** Whether the data folder outlives the run. */
  isKept: boolean;
}

export interface RunningStack {
  services: AwsServices;
  pages: PublicPages;
  tableNames: Record<string, string>;
  queueUrls: Record<string, string>;
  functionNames: Record<string, string>;
  /** The audience of the API's authorizers. */
  audience: string[];
  advanceTo: (at: number) => Promise<void>;
  /** Starts the schedules and reads the streams. */
  begin: () => void;
  close: () => Promise<void>;
}

/** Builds everything the stacks name. Nothing moves before `begin`, when there is an address to call. */
export const runStack = async (parts: StackParts): Promise<RunningStack> => {
  const built = await build(parts);
  const travel = new TimeTravel(parts.core.clock, parts.core.timers, parts.core.activity);
  const advanceTo = (at: number) => travel.to(at);
  return {
    services: servicesOf(built, parts.core),
    pages: pagesOf(built, parts, advanceTo),
    ...namesOf(parts.blueprint, built.queues),
    advanceTo,
    begin() {
      for (const schedule of built.watch.schedules) schedule.start();
      for (const table of built.watch.tables.values()) table.wake(); // what an earlier run on kept data left unread
    },
    close: () => closeBuilt(built, parts.isKept),
  };
};

type Built = Awaited<ReturnType<typeof build>>;

const build = async ({ blueprint, core, issuer, tableServer, secrets, isKept }: StackParts) => {
  const access = assembleAccess(blueprint, core.log);
  const backend = new TableBackend(tableServer);
  const store = tableServer.file === undefined ? undefined : new StreamStore(tableServer.file);
  const watch = new WriteWatch();
  watch.tables = await assembleTables(blueprint, core, {
    backend,
    store,
    onWrite: (names) => watch.written(names),
    onRecord: (keys, image) => watch.recorded(keys, image),
  });
  const queues = assembleQueues(blueprint, core);
  const proxy = new DynamoDbProxy(backend, core, watch);
  const functions = assembleFunctions(blueprint, core, queues, {
    access,
    detour: core.faults.detour,
    tables: {
      address: store === undefined ? undefined : { host: tableServer.host, port: tableServer.port },
      note: (who, call) => proxy.note(who, call),
    },
  });
  core.activity.whenAtRest = () => watch.tidy();
  const buses = assembleBuses(blueprint, core);
  assembleRules(blueprint, buses, { functions, queues });
  const defaultBus = buses.get('default') ?? new EventBus('default', core);
  const { mailbox, service: mail } = assembleMail(blueprint, core, defaultBus, assembleTopics(blueprint, core, queues));
  assembleMappings(blueprint, core, { functions, queues, tables: watch.tables });
  watch.schedules = assembleSchedules(blueprint, core, { functions, queues }, () => watch.count);
  const api = assembleApi(blueprint, core, { issuer, functions });
  const parameters = assembleParameters({ blueprint, core, secrets, isKept });
  return { access, backend, proxy, store, watch, queues, functions, buses, mailbox, mail, api, parameters };
};

const servicesOf = ({ access, proxy, queues, buses, parameters, mail, functions }: Built, core: Core): AwsServices => ({
  access,
  faults: core.faults,
  tables: proxy,
  queues: new SqsApi(queues, core.activity),
  events: new EventBridgeApi(buses, core.metering, core.faults),
  parameters,
  mail,
  functions: functions.byName,
});

const pagesOf = (built: Built, { core, issuer }: StackParts, advanceTo: (at: number) => Promise<void>): PublicPages => {
  const { watch, queues, functions, mailbox, mail, api } = built;
  const { now, activity, metering, faults } = core;
  const shown = { now, advanceTo, activity, queues, tables: watch.tables, functions: functions.byName };
  const control = new ControlPlane({ ...shown, mailbox, mail, metering, faults, issuer });
  const inbox = new InboxPage(mailbox);
  return {
    control: (request, response, url) => control.handle(request, response, url),
    inbox: (request, response, url) => inbox.handle(request, response, url),
    api: async (request, response) =>
      api === undefined ? replyJson(response, 404, { message: 'Not Found' }) : api.handle(request, response),
  };
};

const closeBuilt = async ({ functions, watch, store, backend }: Built, isKept: boolean): Promise<void> => {
  await Promise.all([...functions.byName.values()].map((worker) => worker.close()));
  if (isKept) for (const table of watch.tables.values()) table.trim(0);
  store?.close();
  backend.close();
};

/** Tells streams and sleeping schedules at once that a table was written. */
class WriteWatch implements TableListener {
  tables: ReadonlyMap<string, RunningTable> = new Map();
  schedules: readonly Schedule[] = [];
  count = 0;

  written(names: readonly string[]): void {
    this.count += 1;
    for (const name of names) this.tables.get(name)?.wake();
    for (const schedule of this.schedules) schedule.wake();
  }

  recorded(keys: Record<string, unknown>, image: Record<string, unknown> | undefined): void {
    for (const schedule of this.schedules) schedule.follow(keys, image);
  }

  /** Nothing runs, so no request is with the table server: the moment to tidy up. */
  tidy(): void {
    for (const table of this.tables.values()) table.trim();
  }
}

const parameter = z.object({ Type: z.enum(['String', 'StringList']), Value: z.string() });

const assembleParameters = ({
  blueprint,
  core,
  secrets,
  isKept,
}: Pick<StackParts, 'blueprint' | 'core' | 'secrets' | 'isKept'>): ParameterStore => {
  const store = new ParameterStore(core.now, isKept ? join(core.dataDir, 'parameters.json') : undefined);
  for (const { name, properties } of blueprint.all(parameter, 'AWS::SSM::Parameter'))
    store.set(name, properties.Value, properties.Type);
  for (const [name, value] of Object.entries(secrets)) store.set(name, value, 'SecureString');
  return store;
};

const authorizer = z.object({ JwtConfiguration: z.object({ Audience: z.array(z.string()) }) });

const namesOf = (blueprint: Blueprint, queues: ReadonlyMap<string, { definition: { url: string } }>) => {
  const any = z.object({});
  const byId = (...types: string[]) =>
    Object.fromEntries(blueprint.all(any, ...types).map(({ logicalId, name }) => [logicalId, name]));
  return {
    tableNames: byId('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'),
    functionNames: byId('AWS::Lambda::Function'),
    queueUrls: Object.fromEntries(
      Object.entries(byId('AWS::SQS::Queue')).map(([id, name]) => [id, queues.get(name)?.definition.url ?? '']),
    ),
    audience: blueprint
      .all(authorizer, 'AWS::ApiGatewayV2::Authorizer')
      .flatMap(({ properties }) => properties.JwtConfiguration.Audience),
  };
};
