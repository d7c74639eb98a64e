import type { Metering } from '../control/metering.ts';
import type { Activity } from '../time/activity.ts';
import { askForCapacity } from './consumed-capacity.ts';
import type { BackendAnswer, TableBackend } from './table-backend.ts';
import { isMetered, type TableCall, tableCall } from './table-call.ts';

export interface TableListener {
  written(tables: readonly string[]): void;
}

/** Sits before the table server for callers from outside: meters every request and says at once which tables were written. */
export class DynamoDbProxy {
  readonly #backend: TableBackend;
  readonly #metering: Metering;
  readonly #activity: Activity;
  readonly #listener: TableListener;

  constructor(
    backend: TableBackend,
    { metering, activity }: { metering: Metering; activity: Activity },
    listener: TableListener,
  ) {
    this.#backend = backend;
    this.#metering = metering;
    this.#activity = activity;
    this.#listener = listener;
  }

  async handle(target: string, who: string, body: Buffer): Promise<BackendAnswer> {
    const metered = isMetered(target);
    this.#activity.begin();
    try {
      const answer = await this.#backend.send(target, metered ? askForCapacity(body) : body);
      if (metered) this.note(who, tableCall(target, body, answer));
      return answer;
    } finally {
      this.#activity.end();
    }
  }

  /** A request that somebody made past the proxy: a function's thread calls the server itself and tells. */
  note(who: string, { meter, units, written }: TableCall): void {
    this.#metering.add(who, meter, units);
    if (written.length > 0) this.#listener.written(written);
  }
}
