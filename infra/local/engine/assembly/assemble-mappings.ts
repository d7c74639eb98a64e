import * as z from 'zod';
import { nameOfArn, tableOfStreamArn } from '../aws-names.ts';
import { compileFilters, filterCriteria } from '../messaging/mapping-filter.ts';
import { QueueMapping } from '../messaging/queue-mapping.ts';
import type { SqsQueue } from '../messaging/sqs-queue.ts';
import { RefusedHere } from '../refusal.ts';
import { archiveFailedBatch } from '../streams/failure-archive.ts';
import { StreamMapping, type StreamMappingPolicy } from '../streams/stream-mapping.ts';
import type { RunningTable } from '../tables/running-table.ts';
import type { Functions } from './assemble-functions.ts';
import { queueNamed } from './assemble-queues.ts';
import { tableNamed } from './assemble-tables.ts';
import type { Blueprint, Read } from './blueprint.ts';
import type { Core } from './core.ts';

const mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.coerce.boolean().default(true),
  BatchSize: z.coerce.number().optional(),
  BisectBatchOnFunctionError: z.coerce.boolean().default(false),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  FilterCriteria: filterCriteria.optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumRecordAgeInSeconds: z.coerce.number().default(-1),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).optional(),
  StartingPosition: z.literal('TRIM_HORIZON').optional(),
});
type Mapping = Read<z.infer<typeof mapping>>;

/** What Lambda uses when the mapping does not say. */
const defaults = { streamBatch: 100, queueBatch: 10, queueConcurrency: 5 };

export interface MappingHosts {
  functions: Functions;
  queues: ReadonlyMap<string, SqsQueue>;
  tables: ReadonlyMap<string, RunningTable>;
}

export const assembleMappings = (blueprint: Blueprint, core: Core, hosts: MappingHosts): void => {
  for (const found of blueprint.all(mapping, 'AWS::Lambda::EventSourceMapping')) {
    if (!found.properties.Enabled) continue;
    if (found.properties.EventSourceArn.includes(':sqs:')) mapQueue(found, core, hosts);
    else mapStream(found, core, hosts);
  }
};

const workerOf = ({ logicalId, properties }: Mapping, { functions }: MappingHosts) => {
  const worker = functions.byName.get(nameOfArn(properties.FunctionName));
  if (worker === undefined)
    throw new RefusedHere(
      'run the stack here',
      `${logicalId}.FunctionName`,
      'be a function of the stack',
      properties.FunctionName,
    );
  return worker;
};

const mapQueue = (found: Mapping, core: Core, hosts: MappingHosts): void => {
  const { properties } = found;
  const worker = workerOf(found, hosts);
  const policy = {
    batchSize: properties.BatchSize ?? defaults.queueBatch,
    maxConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? defaults.queueConcurrency,
    partialFailures: properties.FunctionResponseTypes.length > 0,
    matches: compileFilters(properties.FilterCriteria),
  };
  new QueueMapping(
    queueNamed(hosts.queues, properties.EventSourceArn),
    (event) => worker.invoke(event),
    policy,
    core.activity,
  );
};

const mapStream = (found: Mapping, core: Core, hosts: MappingHosts): void => {
  const { properties } = found;
  const worker = workerOf(found, hosts);
  const table = tableNamed(hosts.tables, tableOfStreamArn(properties.EventSourceArn));
  const policy = {
    batchSize: properties.BatchSize ?? defaults.streamBatch,
    bisect: properties.BisectBatchOnFunctionError,
    retries: orForEver(properties.MaximumRetryAttempts),
    maxAgeMs: orForEver(properties.MaximumRecordAgeInSeconds) * 1_000,
    partialFailures: properties.FunctionResponseTypes.length > 0,
    matches: compileFilters(properties.FilterCriteria),
    onFailure: failureSink(found, worker.definition.name, table.name, core),
    consumer: worker.definition.name,
  };
  table.mappings.push(new StreamMapping((event) => worker.invoke(event), policy, core));
};

const orForEver = (limit: number): number => (limit < 0 ? Number.POSITIVE_INFINITY : limit);

const failureSink = (
  { name, logicalId, properties }: Mapping,
  functionName: string,
  table: string,
  core: Core,
): StreamMappingPolicy['onFailure'] => {
  const destination = properties.DestinationConfig?.OnFailure?.Destination;
  if (destination !== undefined && !destination.startsWith('arn:aws:s3:::')) {
    throw new RefusedHere(
      'run the stack here',
      `${logicalId}.DestinationConfig`,
      'be a bucket, which keeps the records themselves',
      destination,
    );
  }
  return (records, condition, attempts) => {
    core.log(`${functionName} gave up ${records.length} stream records: ${condition}`);
    if (destination === undefined) return;
    const bucket = destination.slice('arn:aws:s3:::'.length);
    archiveFailedBatch(core.dataDir, {
      bucket,
      mappingId: name,
      functionName,
      table,
      condition,
      attempts,
      records,
      at: core.now(),
    });
  };
};
