import { DatabaseSync, type StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { RecordPages } from './record-pages.ts';
import type { StreamRecord } from './stream-record.ts';

const row = z.object({
  event_name: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  keys_json: z.string(),
  new_image: z.string().nullable(),
  old_image: z.string().nullable(),
  sequence_number: z.string(),
});
const image = z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null);

/**
 * The server's own stream table. Without an index every write looks through all past records; without trimming a long
 * history fills the memory disk. Read here, past the server, because one query is a tenth of the time of one call.
 */
export class StreamStore {
  readonly #db: DatabaseSync;
  #select: StatementSync | undefined;

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: 2_000 });
  }

  createIndex(): void {
    this.#db.exec(
      'CREATE INDEX IF NOT EXISTS _stream_position ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    );
  }

  pages(table: string, view: string): RecordPages {
    let after = 0;
    return (limit) => {
      this.#select ??= this.#db.prepare(
        `SELECT event_name, keys_json, new_image, old_image, sequence_number FROM _stream_records
         WHERE table_name = ? AND CAST(sequence_number AS INTEGER) > ? ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?`,
      );
      const records = this.#select.all(table, after, limit).map((found) => recordOf(row.parse(found), view));
      after = Number(records.at(-1)?.dynamodb.SequenceNumber ?? after);
      return records;
    };
  }

  /**
   * Drops what was read and dealt with, only while no request is with the server, which holds because this is synchronous.
   * The newest record stays, because the next number is counted from it.
   */
  trim(table: string, beforeSequence: string): void {
    this.#db
      .prepare(
        'DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < CAST(? AS INTEGER)',
      )
      .run(table, beforeSequence);
  }

  close(): void {
    this.#db.close();
  }
}

const recordOf = (
  { event_name, keys_json, new_image, old_image, sequence_number }: z.infer<typeof row>,
  view: string,
): StreamRecord => ({
  eventID: sequence_number,
  eventName: event_name,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    Keys: image.parse(JSON.parse(keys_json)),
    ...(new_image !== null && { NewImage: image.parse(JSON.parse(new_image)) }),
    ...(old_image !== null && { OldImage: image.parse(JSON.parse(old_image)) }),
    SequenceNumber: sequence_number,
    SizeBytes: keys_json.length + (new_image?.length ?? 0) + (old_image?.length ?? 0),
    StreamViewType: view,
  },
});
