import type { Target } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type AdminApi, adminApi } from './admin-api.ts';
import { type Control, localControl } from './control.ts';
import { type LocalFile, parseLocalFile } from './local-file.ts';
import type { Operations } from './operations.ts';

/** Where settings and secrets lie. */
export type AwsPlace = Readonly<{
  where: string;
  prefix: string;
  region?: string;
  /** Of the local run; without them the ordinary AWS credentials, and the table the deployment names. */
  local?: Readonly<{ endpoint: string; tableName: string }>;
}>;

export type ConnectAws = (place: AwsPlace) => Promise<Operations>;

/** The system a command is about. Each part is found when it is first needed, or refused with what to do. */
export interface System {
  api(): Promise<AdminApi>;
  operations(): Promise<Operations>;
  /** The store that was named, or the only one of the local run. */
  storeId(): string | undefined;
  /** The address webhooks go to. */
  publicUrl(): Promise<string | undefined>;
  /** Only the local run has one. */
  control(): Control;
  localControl(): Control | undefined;
}

const noSystem = new Refusal('there is no system here to talk to', [
  'Start one on this machine with npm start,',
  'or name one: --api URL --token JWT (or PERENNIAL_API and PERENNIAL_TOKEN).',
]);

const localOnly = new Refusal('this works in the local run only', ['Start it with npm start, and leave out --api.']);

const placeOf = (target: Target, local: LocalFile | undefined): AwsPlace => {
  if (local !== undefined) {
    const { awsEndpoint: endpoint, tableName, parameterPrefix: prefix, region } = local;
    return { where: 'the local run', prefix, region, local: { endpoint, tableName } };
  }
  const deployment = target.deployment ?? 'prod';
  return {
    where: `deployment ${deployment}`,
    prefix: `/perennial/${deployment}`,
    ...(target.region === undefined ? {} : { region: target.region }),
  };
};

/** Options win over the environment, and both over the local run. */
export const openSystem = async (world: World, target: Target, connect: ConnectAws): Promise<System> => {
  // A deployment named on the command line is meant, whatever the environment says.
  const envApi = target.deployment === undefined ? world.env['PERENNIAL_API'] : undefined;
  const named = { api: target.api ?? envApi, token: target.token ?? world.env['PERENNIAL_TOKEN'] };
  const isElsewhere = named.api !== undefined || target.deployment !== undefined;
  const text = isElsewhere ? undefined : await world.readLocalFile();
  const local = text === undefined ? undefined : parseLocalFile(text);
  let connected: Promise<Operations> | undefined;
  const operations = () => {
    connected ??= connect(placeOf(target, local));
    return connected;
  };
  const publicUrl = async () => named.api ?? local?.api ?? (await (await operations()).apiUrl());
  const storeId = () => target.store ?? (local?.stores.length === 1 ? local.stores[0]?.id : undefined);
  return {
    operations,
    publicUrl,
    storeId,
    async api() {
      const url = named.api ?? local?.api ?? (target.deployment === undefined ? undefined : await publicUrl());
      const token = named.token ?? local?.adminToken;
      if (url === undefined) throw noSystem;
      if (token === undefined) throw new Refusal('a token is needed', ['Give --token JWT, or set PERENNIAL_TOKEN.']);
      return adminApi(world, url.replace(/\/$/, ''), token, storeId());
    },
    localControl: () => (local === undefined ? undefined : localControl(world, local.control)),
    control() {
      if (local === undefined) throw localOnly;
      return localControl(world, local.control);
    },
  };
};
