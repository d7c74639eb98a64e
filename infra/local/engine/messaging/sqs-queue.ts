import { createHash, randomUUID } from 'node:crypto';
import type { Handover } from '../faults/handover.ts';
import type { Timer, Timers } from '../time/timers.ts';
import type { MessageAttributes } from './message-attributes.ts';

export interface QueueDefinition {
  name: string;
  arn: string;
  url: string;
  visibilityMs: number;
  delayMs: number;
  retentionMs: number;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly sentAt: number;
  readonly attributes: MessageAttributes | undefined;
  /** The queue that gave this message up, when this is a dead-letter queue. */
  readonly deadFrom: string | undefined;
  receivedTimes: number;
  firstReceivedAt: number;
}

export interface Received {
  readonly message: Message;
  readonly receiptHandle: string;
}

export interface SendOptions {
  delayMs?: number | undefined;
  attributes?: MessageAttributes | undefined;
  deadFrom?: string | undefined;
}

/** A standard queue; delays and visibility follow virtual time. */
export class SqsQueue {
  readonly definition: QueueDefinition;
  readonly #timers: Timers;
  readonly #now: () => number;
  readonly #handover: Handover;
  readonly #listeners = new Set<() => void>();
  readonly #inFlight = new Map<string, { message: Message; timer: Timer }>();
  #visible: Message[] = [];
  #delayed = 0;
  #redrive: { queue: SqsQueue; maxReceiveCount: number } | undefined;

  constructor(
    definition: QueueDefinition,
    { timers, now, handover }: { timers: Timers; now: () => number; handover: Handover },
  ) {
    this.definition = definition;
    this.#timers = timers;
    this.#now = now;
    this.#handover = handover;
  }

  redriveTo(queue: SqsQueue, maxReceiveCount: number): void {
    this.#redrive = { queue, maxReceiveCount };
  }

  /** Tells when there is something to receive. */
  onVisible(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get visible(): number {
    this.#dropExpired();
    return this.#visible.length;
  }
  get inFlight(): number {
    return this.#inFlight.size;
  }
  get delayed(): number {
    return this.#delayed;
  }
  /** Messages of ours that now lie in the dead-letter queue. */
  get dead(): number {
    return this.#redrive?.queue.countDeadFrom(this.definition.name) ?? 0;
  }

  countDeadFrom(name: string): number {
    const held = [...this.#visible, ...[...this.#inFlight.values()].map(({ message }) => message)];
    return held.filter(({ deadFrom }) => deadFrom === name).length;
  }

  send(body: string, { delayMs = this.definition.delayMs, attributes, deadFrom }: SendOptions = {}): Message {
    const message: Message = {
      id: randomUUID(),
      body,
      bodyMd5: createHash('md5').update(body).digest('hex'),
      sentAt: this.#now(),
      attributes,
      deadFrom,
      receivedTimes: 0,
      firstReceivedAt: 0,
    };
    const arrive = (one: Message): void => (delayMs <= 0 ? this.#show(one) : this.#delay(one, delayMs));
    // what a queue moves to its dead-letter queue never left SQS
    if (deadFrom !== undefined) arrive(message);
    else this.#handover.pass('queue', this.definition.name, (isFirst) => arrive(isFirst ? message : { ...message }));
    return message;
  }

  receive(max: number, visibilityMs: number = this.definition.visibilityMs): Received[] {
    this.#dropExpired();
    const received: Received[] = [];
    while (received.length < max) {
      const message = this.#visible.shift();
      if (message === undefined) break;
      if (!this.#buried(message)) received.push(this.#take(message, visibilityMs));
    }
    return received;
  }

  delete(receiptHandle: string): void {
    this.#inFlight.get(receiptHandle)?.timer.cancel();
    this.#inFlight.delete(receiptHandle);
  }

  /** Says whether the handle still held a message. */
  changeVisibility(receiptHandle: string, visibilityMs: number): boolean {
    const held = this.#inFlight.get(receiptHandle);
    if (held === undefined) return false;
    held.timer.cancel();
    if (visibilityMs <= 0) this.#release(receiptHandle, held.message);
    else this.#hold(receiptHandle, held.message, visibilityMs);
    return true;
  }

  purge(): void {
    this.#visible = [];
  }

  #take(message: Message, visibilityMs: number): Received {
    const receiptHandle = randomUUID();
    message.receivedTimes += 1;
    if (message.receivedTimes === 1) message.firstReceivedAt = this.#now();
    if (visibilityMs <= 0) this.#visible.push(message);
    else this.#hold(receiptHandle, message, visibilityMs);
    return { message, receiptHandle };
  }

  #hold(receiptHandle: string, message: Message, visibilityMs: number): void {
    const timer = this.#timers.after(visibilityMs, () => this.#release(receiptHandle, message));
    this.#inFlight.set(receiptHandle, { message, timer });
  }

  #release(receiptHandle: string, message: Message): void {
    this.#inFlight.delete(receiptHandle);
    this.#show(message);
  }

  #delay(message: Message, delayMs: number): void {
    this.#delayed += 1;
    this.#timers.after(delayMs, () => {
      this.#delayed -= 1;
      this.#show(message);
    });
  }

  #show(message: Message): void {
    this.#visible.push(message);
    for (const listener of this.#listeners) listener();
  }

  /** Received too often already: it goes to the dead-letter queue instead of to a consumer. */
  #buried(message: Message): boolean {
    if (this.#redrive === undefined || message.receivedTimes < this.#redrive.maxReceiveCount) return false;
    this.#redrive.queue.send(message.body, {
      delayMs: 0,
      attributes: message.attributes,
      deadFrom: this.definition.name,
    });
    return true;
  }

  #dropExpired(): void {
    const oldest = this.#now() - this.definition.retentionMs;
    const first = this.#visible[0];
    if (first !== undefined && first.sentAt < oldest)
      this.#visible = this.#visible.filter(({ sentAt }) => sentAt >= oldest);
  }
}
