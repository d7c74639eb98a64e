import type { StreamMapping } from '../streams/stream-mapping.ts';
import type { StreamReader } from '../streams/stream-reader.ts';
import type { StreamStore } from '../streams/stream-store.ts';

/** A long history would fill the memory disk with stream records nobody reads again. */
const trimAfterRecords = 4_000;

/** A table, its stream's one reader, and the mappings that share it. */
export class RunningTable {
  readonly name: string;
  readonly mappings: StreamMapping[];
  readonly #reader: StreamReader | undefined;
  readonly #store: StreamStore | undefined;
  #trimmedTo = 0;

  constructor(
    name: string,
    reader: StreamReader | undefined,
    mappings: StreamMapping[],
    store: StreamStore | undefined,
  ) {
    this.name = name;
    this.mappings = mappings;
    this.#reader = reader;
    this.#store = store;
  }

  /** Something was written: read the stream. */
  wake(): void {
    this.#reader?.wake();
  }

  /** Records some mapping has not dealt with; at least one while the stream is being read. */
  get lag(): number {
    const reading = this.#reader?.isBehind === true ? 1 : 0;
    return Math.max(reading, ...this.mappings.map((mapping) => mapping.lag));
  }

  /** Only while no request is with the table server, and nothing read is still to be delivered: a restart reads what is left. */
  trim(atLeast: number = trimAfterRecords): void {
    const last = Number(this.#reader?.lastSequence ?? 0);
    if (
      this.#store === undefined ||
      last - this.#trimmedTo < atLeast ||
      this.mappings.some((mapping) => mapping.lag > 0)
    )
      return;
    this.#store.trim(this.name, String(last));
    this.#trimmedTo = last;
  }
}
