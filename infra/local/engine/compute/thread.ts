import { Worker } from 'node:worker_threads';
import type { TableCall } from '../tables/table-call.ts';
import type { InvokeOutcome } from './invoke-outcome.ts';
import type { InvokeMessage, ThreadMessage, ThreadSetup } from './thread-protocol.ts';

const bootstrap = new URL('./function-thread.ts', import.meta.url);
const heapMb = { maxOldGenerationSizeMb: 80, maxYoungGenerationSizeMb: 16 };

interface Pending {
  settle(outcome: InvokeOutcome): void;
  deadline: NodeJS.Timeout | undefined;
}

/** One execution environment. Several invocations may be inside at once; when the thread dies all of them fail. */
export class Thread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #ready: Promise<void>;
  #ids = 0;
  /** A retired thread gets no new work and ends with its last invocation. */
  retired = false;

  constructor(
    setup: ThreadSetup,
    env: Record<string, string>,
    hear: { line: (line: string) => void; tables: (calls: readonly TableCall[]) => void },
  ) {
    this.#worker = new Worker(bootstrap, {
      workerData: setup,
      env,
      execArgv: [],
      resourceLimits: heapMb,
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n')) if (line !== '') hear.line(line);
      });
    }
    this.#ready = new Promise((resolve) => {
      this.#worker.on('message', (message: ThreadMessage) => {
        if (message.type === 'ready') return resolve();
        hear.tables(message.calls);
        if (message.type !== 'tables') this.#finish(message);
      });
    });
    this.#worker.on('error', (error) => this.#die(error instanceof Error ? error.name : 'Error', String(error)));
    this.#worker.on('exit', (code) => this.#die('Runtime.ExitError', `the thread ended with code ${code}`));
  }

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  invoke(event: string, requestId: string, timeoutMs: number): Promise<InvokeOutcome> {
    const id = this.#ids++;
    return new Promise((settle) => {
      this.#pending.set(id, { settle, deadline: undefined });
      void this.#ready.then(() => this.#send({ id, requestId, event, timeoutMs }));
    });
  }

  /** No new work; the thread and all it remembers end with its last invocation. */
  retire(): void {
    this.retired = true;
    if (this.isEmpty) void this.#worker.terminate();
  }

  async close(): Promise<void> {
    this.retired = true;
    await this.#worker.terminate();
  }

  #send(message: InvokeMessage): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    pending.deadline = setTimeout(() => this.#timeOut(message), message.timeoutMs);
    this.#worker.postMessage(message);
  }

  #timeOut({ id, timeoutMs }: InvokeMessage): void {
    this.retired = true;
    const errorMessage = `Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`;
    this.#settle(id, { type: 'failed', errorType: 'Sandbox.Timedout', errorMessage, trace: '' });
  }

  #finish(message: Extract<ThreadMessage, { id: number }>): void {
    const { id, calls: _told, ...outcome } = message;
    this.#settle(id, outcome);
  }

  #settle(id: number, outcome: InvokeOutcome): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    clearTimeout(pending.deadline);
    if (this.retired && this.#pending.size === 0) void this.#worker.terminate();
    pending.settle(outcome);
  }

  #die(errorType: string, errorMessage: string): void {
    this.retired = true;
    for (const id of [...this.#pending.keys()])
      this.#settle(id, { type: 'failed', errorType, errorMessage, trace: '' });
  }
}
