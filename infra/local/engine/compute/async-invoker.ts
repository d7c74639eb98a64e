import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../time/clock.ts';
import type { Timers } from '../time/timers.ts';
import type { Invoke, InvokeOutcome } from './invoke-outcome.ts';

export interface AsyncPolicy {
  /** Tries after the first one. */
  retries: number;
  maxAgeMs: number;
  functionArn: string;
  onFailure?: ((record: string, request: string) => void) | undefined;
  /** Whether this event is to arrive twice, as at AWS any may. */
  arrivesTwice: () => boolean;
}

/** What Lambda does after the first and after the second failure. */
const delaysMs = [60_000, 120_000];

/** The asynchronous side of a function: tried again after one and two minutes, then handed to where failures go. */
export class AsyncInvoker {
  readonly #invoke: Invoke;
  readonly #policy: AsyncPolicy;
  readonly #clock: VirtualClock;
  readonly #timers: Timers;

  constructor(invoke: Invoke, policy: AsyncPolicy, clock: VirtualClock, timers: Timers) {
    this.#invoke = invoke;
    this.#policy = policy;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Answers with the outcome of the first try; what comes after happens by itself. */
  async invoke(event: string): Promise<InvokeOutcome> {
    const now = this.#clock.now();
    if (this.#policy.arrivesTwice()) void this.#attempt(event, now, 0);
    return this.#attempt(event, now, 0);
  }

  async #attempt(event: string, queuedAt: number, failures: number): Promise<InvokeOutcome> {
    const outcome = await this.#invoke(event);
    if (outcome.type === 'failed') this.#afterFailure(event, queuedAt, failures + 1, outcome);
    return outcome;
  }

  #afterFailure(
    event: string,
    queuedAt: number,
    failures: number,
    outcome: Extract<InvokeOutcome, { type: 'failed' }>,
  ): void {
    const delayMs = delaysMs[failures - 1] ?? 0;
    const tooOld = this.#clock.now() + delayMs - queuedAt > this.#policy.maxAgeMs;
    if (failures <= this.#policy.retries && !tooOld) {
      this.#timers.after(delayMs, () => void this.#attempt(event, queuedAt, failures));
      return;
    }
    const condition = failures <= this.#policy.retries ? 'EventAgeExceeded' : 'RetriesExhausted';
    this.#policy.onFailure?.(this.#record(event, failures, condition, outcome), event);
  }

  #record(
    event: string,
    count: number,
    condition: string,
    outcome: Extract<InvokeOutcome, { type: 'failed' }>,
  ): string {
    return JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.#clock.now()).toISOString(),
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${this.#policy.functionArn}:$LATEST`,
        condition,
        approximateInvokeCount: count,
      },
      requestPayload: JSON.parse(event),
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: outcome.errorType, errorMessage: outcome.errorMessage },
    });
  }
}
