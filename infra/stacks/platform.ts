import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { FactBus } from '../constructs/fact-bus.ts';
import { HttpEntrance } from '../constructs/http-entrance.ts';
import { MailChannel } from '../constructs/mail-channel.ts';
import { NodeFunction, type NodeFunctionProps } from '../constructs/node-function.ts';
import { Parameters } from '../constructs/parameters.ts';
import { TableAccess } from '../constructs/table-access.ts';
import type { Settings } from './settings.ts';
import { makeWorkQueues, type WorkQueues } from './work-queues.ts';

export interface PlatformProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly erasureLog: ITableV2;
  readonly failures: IBucket;
  /** Folder that holds `<function>/index.mjs`. */
  readonly bundles: string;
}

/** What the functions stand on, and take their grants from. */
export interface Platform extends PlatformProps {
  readonly alarms: Alarms;
  readonly access: TableAccess;
  readonly bus: FactBus;
  readonly http: HttpEntrance;
  readonly mail: MailChannel;
  readonly parameters: Parameters;
  readonly queues: WorkQueues;
}

export const makePlatform = (scope: Construct, props: PlatformProps): Platform => {
  const { settings, table, erasureLog } = props;
  const { deployment } = settings;
  const alarms = new Alarms(scope, 'Alarms', { deployment, email: settings.alarmEmail });
  const http = new HttpEntrance(scope, 'Http', { deployment });
  return {
    ...props,
    alarms,
    http,
    access: new TableAccess({
      table,
      erasureLog,
      dueShards: settings.dueShards,
      counterShards: settings.counterShards,
    }),
    bus: makeBus(scope, alarms),
    mail: makeMail(scope, alarms, settings.sendingDomain),
    parameters: new Parameters(scope, 'Parameters', {
      deployment,
      tableName: table.tableName,
      apiUrl: http.url,
      rebasePerMinute: settings.rebasePerMinute,
    }),
    queues: makeWorkQueues(scope, alarms),
  };
};

const makeBus = (scope: Construct, alarms: Alarms): FactBus =>
  new FactBus(scope, 'Facts', {
    alarms,
    errorImpact:
      'Facts or SES events reached no queue: an enrolment is late until the sweep finds it, a bounce or complaint is not yet suppressed.',
  });

const makeMail = (scope: Construct, alarms: Alarms, sendingDomain?: string): MailChannel =>
  new MailChannel(scope, 'Mail', {
    alarms,
    sendingDomain,
    errorImpact: 'A paused account sends no mail at all, for no store.',
  });

export const addFunction = (
  scope: Construct,
  { alarms, bundles }: Platform,
  id: string,
  props: Omit<NodeFunctionProps, 'alarms' | 'bundles'>,
): NodeFunction => new NodeFunction(scope, id, { ...props, alarms, bundles });
