import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Metering } from '../control/metering.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import { type LambdaFault, lambdaFault } from '../faults/lambda-fault.ts';
import type { TableCall } from '../tables/table-call.ts';
import type { Activity } from '../time/activity.ts';
import type { VirtualClock } from '../time/clock.ts';
import type { InvokeOutcome } from './invoke-outcome.ts';
import type { TableAddress } from './table-tap.ts';
import { Thread } from './thread.ts';
import type { ThreadAccess } from './thread-protocol.ts';

export interface FunctionDefinition {
  name: string;
  arn: string;
  /** Folder of the unzipped asset. */
  folder: string;
  /** `file.export`, as in CloudFormation. */
  handler: string;
  env: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
  access: ThreadAccess | undefined;
}

export interface FunctionSurroundings {
  clock: VirtualClock;
  tables: { address: TableAddress | undefined; note: (who: string, call: TableCall) => void };
  /** Not 0 while table calls have to come through the main thread. */
  detour: SharedArrayBuffer;
  activity: Activity;
  metering: Metering;
  faults: FaultBook;
  log: (line: string) => void;
}

const ended: InvokeOutcome = {
  type: 'failed',
  errorType: 'Closed',
  errorMessage: 'the local run has ended',
  trace: '',
};

/** A Lambda function: a thread that is started by the first invocation and replaced after a timeout or a crash. */
export class WorkerFunction {
  readonly definition: FunctionDefinition;
  readonly #around: FunctionSurroundings;
  readonly #threads = new Set<Thread>();
  #thread: Thread | undefined;
  #closed = false;
  invocations = 0;
  errors = 0;

  constructor(definition: FunctionDefinition, around: FunctionSurroundings) {
    this.definition = definition;
    this.#around = around;
  }

  async invoke(event: string): Promise<InvokeOutcome> {
    if (this.#closed) return ended;
    const { activity, metering, faults } = this.#around;
    const { name, timeoutMs } = this.definition;
    this.invocations += 1;
    metering.add(name, 'invocations', 1);
    return activity.during(async () => {
      const requestId = randomUUID();
      const outcome = await this.#outcome(event, requestId, lambdaFault(faults, name, timeoutMs));
      if (outcome.type === 'failed') this.#noteFailure(requestId, outcome);
      return outcome;
    });
  }

  /** A fault that comes after the handler's effects lets it run and keeps what it says to itself. */
  async #outcome(event: string, requestId: string, fault: LambdaFault | undefined): Promise<InvokeOutcome> {
    if (fault !== undefined && !fault.runs) {
      if (fault.kills) this.#current().retire();
      return fault.outcome;
    }
    const thread = this.#current();
    const outcome = await thread.invoke(event, requestId, this.definition.timeoutMs);
    if (fault === undefined) return outcome;
    thread.retire();
    return fault.outcome;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #current(): Thread {
    if (this.#thread === undefined || this.#thread.retired) this.#thread = this.#start();
    return this.#thread;
  }

  #start(): Thread {
    for (const thread of this.#threads) if (thread.retired && thread.isEmpty) this.#threads.delete(thread);
    const { name, arn, folder, handler, env, memoryMb, access } = this.definition;
    const dot = handler.lastIndexOf('.');
    const file = join(folder, `${handler.slice(0, dot)}.mjs`);
    const setup = {
      clock: this.#around.clock.shared,
      file,
      exportName: handler.slice(dot + 1),
      functionName: name,
      functionArn: arn,
      memoryMb,
      tables: this.#around.tables.address,
      access,
      detour: this.#around.detour,
    };
    const thread = new Thread(setup, env, {
      line: (line) => this.#around.log(`${name} ${line}`),
      tables: (calls) => {
        for (const call of calls) this.#around.tables.note(name, call);
      },
    });
    this.#threads.add(thread);
    return thread;
  }

  #noteFailure(
    requestId: string,
    { errorType, errorMessage, trace }: Extract<InvokeOutcome, { type: 'failed' }>,
  ): void {
    if (this.#closed) return;
    this.errors += 1;
    this.#wakeStreams();
    this.#around.log(
      `${this.definition.name} ${requestId} failed: ${trace === '' ? `${errorType}: ${errorMessage}` : trace}`,
    );
  }

  /** A thread that died may have written what it could not tell any more. */
  #wakeStreams(): void {
    const { name, access } = this.definition;
    this.#around.tables.note(name, { meter: 'writeUnits', units: 0, written: Object.keys(access?.tables ?? {}) });
  }
}
