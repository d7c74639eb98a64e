import type { TableCall } from '../tables/table-call.ts';

/** Longer than most handlers run; short for one who waits while another writes on. */
const longestMs = 10;

/**
 * What a thread has read and written since it last told. Most of it goes along with a handler's answer: a message of its own for
 * every call took a tenth of the thread's time and woke the reader of streams for each write alone.
 */
export class TableNews {
  readonly #tell: (calls: TableCall[]) => void;
  #units = { readUnits: 0, writeUnits: 0 };
  readonly #written = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param tell What to do with news that waited long enough. */
  constructor(tell: (calls: TableCall[]) => void) {
    this.#tell = tell;
  }

  add({ meter, units, written }: TableCall): void {
    this.#units[meter] += units;
    for (const table of written) this.#written.add(table);
    this.#timer ??= setTimeout(() => this.#tell(this.take()), longestMs);
  }

  /** Everything untold, told by the caller. */
  take(): TableCall[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { readUnits, writeUnits } = this.#units;
    const written = [...this.#written];
    this.#units = { readUnits: 0, writeUnits: 0 };
    this.#written.clear();
    const calls: TableCall[] = [
      { meter: 'readUnits', units: readUnits, written: [] },
      { meter: 'writeUnits', units: writeUnits, written },
    ];
    return calls.filter(({ units }) => units > 0);
  }
}
