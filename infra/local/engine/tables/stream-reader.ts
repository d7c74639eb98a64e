import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { region, streamArn } from '../aws-names.ts';
import type { Activity } from '../time/activity.ts';
import { recordPage, type StreamRecord } from './stream-record.ts';
import { streams, type TableBackend } from './table-backend.ts';

const pageSize = 500;
const described = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const iterator = z.object({ ShardIterator: z.string() });

export interface StreamSource {
  table: string;
  /** The ARN the table server knows the stream by. */
  serverArn: string;
  now: () => number;
  /** Says whether this removal was an expiry. */
  isExpiry: (record: StreamRecord) => boolean;
  deliver: (records: StreamRecord[]) => void;
}

/** The one reader of a table's stream: reads when told that the table was written, never on a timer. */
export class StreamReader {
  readonly #backend: TableBackend;
  readonly #activity: Activity;
  readonly #source: StreamSource;
  #iterator: string | undefined;
  #shard: string | undefined;
  #written = false;
  #reading = false;
  /** Sequence number, in the server's counting, of the last record read. */
  lastSequence = '0';

  constructor(backend: TableBackend, activity: Activity, source: StreamSource) {
    this.#backend = backend;
    this.#activity = activity;
    this.#source = source;
  }

  get isBehind(): boolean {
    return this.#written || this.#reading;
  }

  wake(): void {
    this.#written = true;
    if (this.#reading) return;
    this.#reading = true;
    this.#activity.begin();
    void this.#readAll().finally(() => {
      this.#reading = false;
      if (this.#written) this.wake();
      this.#activity.end();
    });
  }

  async #readAll(): Promise<void> {
    for (let more = true; more || this.#written; ) {
      this.#written = false;
      more = await this.#readPage();
    }
  }

  async #readPage(): Promise<boolean> {
    this.#iterator ??= await this.#firstIterator();
    if (this.#iterator === undefined) return false;
    const page = recordPage.parse(
      await this.#backend.call(streams('GetRecords'), { ShardIterator: this.#iterator, Limit: pageSize }),
    );
    this.#iterator = page.NextShardIterator ?? undefined;
    const last = page.Records.at(-1);
    if (last !== undefined) this.lastSequence = last.dynamodb.SequenceNumber;
    this.#source.deliver(page.Records.filter(hasChanged).map((record) => this.#asAws(record)));
    return page.Records.length === pageSize || this.#iterator === undefined;
  }

  async #firstIterator(): Promise<string | undefined> {
    const { serverArn } = this.#source;
    const stream = described.parse(await this.#backend.call(streams('DescribeStream'), { StreamArn: serverArn }));
    const shards = stream.StreamDescription.Shards.map(({ ShardId }) => ShardId);
    const next = shards[shards.indexOf(this.#shard ?? '') + 1];
    if (next === undefined) return undefined;
    this.#shard = next;
    const request = { StreamArn: serverArn, ShardId: next, ShardIteratorType: 'TRIM_HORIZON' };
    return iterator.parse(await this.#backend.call(streams('GetShardIterator'), request)).ShardIterator;
  }

  #asAws(record: StreamRecord): StreamRecord {
    const { table, now, isExpiry } = this.#source;
    const expired = record.eventName === 'REMOVE' && isExpiry(record);
    return {
      ...record,
      awsRegion: region,
      eventSourceARN: streamArn(table),
      dynamodb: {
        ...record.dynamodb,
        ApproximateCreationDateTime: Math.floor(now() / 1_000),
        SequenceNumber: record.dynamodb.SequenceNumber.padStart(21, '0'),
      },
      ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    };
  }
}

/** AWS writes no record for a write that changes nothing; this server does. */
const hasChanged = ({ eventName, dynamodb }: StreamRecord): boolean =>
  eventName !== 'MODIFY' || dynamodb.OldImage === undefined || !isDeepStrictEqual(dynamodb.OldImage, dynamodb.NewImage);
