import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { region, streamArn } from '../aws-names.ts';
import type { Activity } from '../time/activity.ts';
import type { RecordPages } from './record-pages.ts';
import type { StreamRecord } from './stream-record.ts';

const pageSize = 500;

export interface StreamSource {
  table: string;
  pages: RecordPages;
  now: () => number;
  /** Says whether this removal was an expiry. */
  isExpiry: (record: StreamRecord) => boolean;
  deliver: (records: StreamRecord[]) => void;
  log: (line: string) => void;
}

/** The one reader of a table's stream: reads when told that the table was written, never on a timer. */
export class StreamReader {
  readonly #activity: Activity;
  readonly #source: StreamSource;
  #written = false;
  #reading = false;
  /** Sequence number, in the server's counting, of the last record read. */
  lastSequence = '0';

  constructor(activity: Activity, source: StreamSource) {
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
    void this.#readAll()
      .catch((error: unknown) => this.#fail(error))
      .then(() => {
        this.#reading = false;
        if (this.#written) this.wake();
        this.#activity.end();
      });
  }

  /** Read again with the next write, not at once and for ever. */
  #fail(error: unknown): void {
    this.#written = false;
    this.#source.log(`stream of ${this.#source.table} could not be read: ${String(error)}`);
  }

  async #readAll(): Promise<void> {
    await nextTurn(); // the writer gets its answer first, and writes that come together are read together
    for (let more = true; more || this.#written; ) {
      this.#written = false;
      more = await this.#readPage();
    }
  }

  async #readPage(): Promise<boolean> {
    const records = await this.#source.pages(pageSize);
    const last = records.at(-1);
    if (last !== undefined) this.lastSequence = last.dynamodb.SequenceNumber;
    this.#source.deliver(records.filter(hasChanged).map((record) => this.#asAws(record)));
    return records.length === pageSize;
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
