import type { Metering } from '../control/metering.ts';
import type { Activity } from '../time/activity.ts';
import { askForCapacity, consumedCapacity } from './consumed-capacity.ts';
import { type BackendAnswer, dynamo, type TableBackend } from './table-backend.ts';

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'].map(dynamo));
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'].map(dynamo));
const kib = 1_024;

export interface TableListener {
  written(tables: readonly string[]): void;
  /** No request is with the table server. */
  quiet(): void;
}

/** Sits before the table server: meters every request and says at once which tables were written. */
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
    const metered = reads.has(target) || writes.has(target);
    this.#activity.begin();
    try {
      const answer = await this.#backend.send(target, metered ? askForCapacity(body) : body);
      if (metered) this.#note(target, who, body, answer);
      return answer;
    } finally {
      if (this.#backend.inFlight === 0) this.#listener.quiet();
      this.#activity.end();
    }
  }

  #note(target: string, who: string, body: Buffer, answer: BackendAnswer): void {
    if (answer.status !== 200) {
      this.#metering.add(who, 'writeUnits', refusedWriteUnits(target, body, answer));
      return;
    }
    const { tables, units } = consumedCapacity(answer.body);
    this.#metering.add(who, writes.has(target) ? 'writeUnits' : 'readUnits', units);
    if (writes.has(target)) this.#listener.written(tables);
  }
}

/** A write whose condition fails is billed like the write; the server does not say how much, so it is taken from the request. */
const refusedWriteUnits = (target: string, body: Buffer, answer: BackendAnswer): number => {
  if (!writes.has(target) || !answer.body.includes('ConditionalCheckFailedException')) return 0;
  const request: unknown = JSON.parse(body.toString());
  if (typeof request !== 'object' || request === null || !('Item' in request)) return 1;
  return Math.max(1, Math.ceil(itemBytes(request.Item) / kib));
};

/** Item size by DynamoDB's rules, near enough for a rounded-up kilobyte: names and values in UTF-8, one byte per type tag. */
const itemBytes = (item: unknown): number => {
  if (typeof item === 'string') return Buffer.byteLength(item);
  if (Array.isArray(item)) return item.reduce<number>((sum, value) => sum + itemBytes(value) + 1, 3);
  if (typeof item !== 'object' || item === null) return 1;
  return Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + (/^(S|N|B|BOOL|NULL|M|L|SS|NS|BS)$/.test(name) ? 0 : Buffer.byteLength(name)) + itemBytes(value),
    0,
  );
};
