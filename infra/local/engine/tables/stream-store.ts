import { DatabaseSync } from 'node:sqlite';

/**
 * The server's own stream table. Without an index every write looks through all past records; without trimming a long
 * history fills the memory disk. Trimmed only while no request is with the server, which holds because this is synchronous.
 */
export class StreamStore {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  createIndex(): void {
    this.#open((db) =>
      db.exec(
        'CREATE INDEX IF NOT EXISTS _stream_position ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
      ),
    );
  }

  /** Drops what was read and dealt with; the newest record stays, because the next number is counted from it. */
  trim(table: string, beforeSequence: string): void {
    this.#open((db) =>
      db
        .prepare(
          'DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < CAST(? AS INTEGER)',
        )
        .run(table, beforeSequence),
    );
  }

  #open(work: (db: DatabaseSync) => void): void {
    const db = new DatabaseSync(this.#file, { timeout: 2_000 });
    try {
      work(db);
    } finally {
      db.close();
    }
  }
}
