import * as z from 'zod';
import { account, nameOfArn, region } from '../aws-names.ts';
import { AsyncInvoker } from '../compute/async-invoker.ts';
import { type FunctionSurroundings, WorkerFunction } from '../compute/worker-function.ts';
import type { SqsQueue } from '../messaging/sqs-queue.ts';
import { RefusedHere } from '../refusal.ts';
import type { Access } from './access/assemble-access.ts';
import type { Blueprint, Read } from './blueprint.ts';
import type { Core } from './core.ts';

const lambda = z.object({
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs'),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});
const invokeConfig = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().optional(),
  MaximumEventAgeInSeconds: z.coerce.number().optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});
type InvokeConfig = z.infer<typeof invokeConfig>;

/** What a version of Lambda's default policy allows: two more tries within six hours. */
const defaults = { retries: 2, maxAgeSeconds: 21_600 };

export interface Functions {
  byName: Map<string, WorkerFunction>;
  asyncByName: Map<string, AsyncInvoker>;
}

export const assembleFunctions = (
  blueprint: Blueprint,
  core: Core,
  queues: ReadonlyMap<string, SqsQueue>,
  around: Pick<FunctionSurroundings, 'tables' | 'detour'> & { access: Access },
): Functions => {
  const configs = new Map(
    blueprint
      .all(invokeConfig, 'AWS::Lambda::EventInvokeConfig')
      .map(({ properties }) => [nameOfArn(properties.FunctionName), properties]),
  );
  const made: Functions = { byName: new Map(), asyncByName: new Map() };
  for (const resource of blueprint.all(lambda, 'AWS::Lambda::Function')) {
    const definition = { ...definitionOf(resource, blueprint), access: around.access.ofFunction(resource.name) };
    const worker = new WorkerFunction(definition, { ...core, ...around });
    made.byName.set(resource.name, worker);
    made.asyncByName.set(resource.name, asyncInvoker(resource, worker, configs.get(resource.name), core, queues));
  }
  return made;
};

const definitionOf = ({ name, properties }: Read<z.infer<typeof lambda>>, blueprint: Blueprint) => {
  const hash = properties.Code.S3Key.replace(/^.*\//, '').replace(/\.zip$/, '');
  return {
    name,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    folder: blueprint.asset(hash),
    handler: properties.Handler,
    timeoutMs: properties.Timeout * 1_000,
    memoryMb: properties.MemorySize,
    env: { ...lambdaEnv(name, properties, blueprint.addresses.awsEndpoint), ...properties.Environment?.Variables },
  };
};

/** The access key names the function, so that each one's calls can be told apart. */
const lambdaEnv = (
  name: string,
  { Handler, MemorySize }: z.infer<typeof lambda>,
  endpoint: string,
): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  _HANDLER: Handler,
  TZ: 'UTC',
});

const asyncInvoker = (
  { name, properties }: Read<z.infer<typeof lambda>>,
  worker: WorkerFunction,
  config: InvokeConfig | undefined,
  core: Core,
  queues: ReadonlyMap<string, SqsQueue>,
): AsyncInvoker => {
  const destination = queueOf(config?.DestinationConfig?.OnFailure?.Destination, queues);
  const deadLetters = queueOf(properties.DeadLetterConfig?.TargetArn, queues);
  const policy = {
    retries: config?.MaximumRetryAttempts ?? defaults.retries,
    maxAgeMs: (config?.MaximumEventAgeInSeconds ?? defaults.maxAgeSeconds) * 1_000,
    functionArn: worker.definition.arn,
    arrivesTwice: () => core.faults.draw('lambda', ['duplicate'], name) !== undefined,
    onFailure: (record: string, request: string) => {
      core.log(`${name} gave up an event`);
      destination?.send(record);
      deadLetters?.send(request);
    },
  };
  return new AsyncInvoker((event) => worker.invoke(event), policy, core.clock, core.timers);
};

const queueOf = (arn: string | undefined, queues: ReadonlyMap<string, SqsQueue>): SqsQueue | undefined => {
  if (arn === undefined) return undefined;
  const queue = queues.get(nameOfArn(arn));
  if (queue === undefined) throw new RefusedHere('run the stack here', 'OnFailure', 'name a queue of the stack', arn);
  return queue;
};
