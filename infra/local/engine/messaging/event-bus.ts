import { randomUUID } from 'node:crypto';
import { account, region } from '../aws-names.ts';
import type { Handover } from '../faults/handover.ts';
import { compilePattern, type Matches } from './event-pattern.ts';
import { inputFor, type RuleIdentity, type RuleInput } from './rule-input.ts';

export interface BusEvent {
  source: string;
  detailType: string;
  detail: unknown;
  resources?: readonly string[];
  /** When it happened, if that is not now. */
  at?: number | undefined;
}

export interface RuleTarget {
  input: RuleInput;
  /** Throws when the target cannot take it. */
  deliver: (payload: string) => void;
  /** Where what could not be delivered goes. */
  deadLetters?: ((payload: string, error: Error) => void) | undefined;
}

interface Rule extends RuleIdentity {
  matches: Matches;
  targets: readonly RuleTarget[];
}

/** A bus: every rule that matches gets the event, whatever the others do with it. */
export class EventBus {
  readonly name: string;
  readonly #now: () => number;
  readonly #log: (line: string) => void;
  readonly #handover: Handover;
  readonly #rules: Rule[] = [];

  constructor(
    name: string,
    { now, log, handover }: { now: () => number; log: (line: string) => void; handover: Handover },
  ) {
    this.name = name;
    this.#now = now;
    this.#log = log;
    this.#handover = handover;
  }

  addRule(rule: RuleIdentity & { pattern: unknown; targets: readonly RuleTarget[] }): void {
    this.#rules.push({ name: rule.name, arn: rule.arn, matches: compilePattern(rule.pattern), targets: rule.targets });
  }

  /** Publishes and answers with the event's id. */
  publish(published: BusEvent): string {
    const now = this.#now();
    const id = randomUUID();
    const event = {
      version: '0',
      id,
      'detail-type': published.detailType,
      source: published.source,
      account,
      time: `${new Date(published.at ?? now).toISOString().slice(0, 19)}Z`,
      region,
      resources: published.resources ?? [],
      detail: published.detail,
    };
    for (const rule of this.#rules) if (rule.matches(event)) this.#deliver(rule, event, now);
    return id;
  }

  #deliver(rule: Rule, event: Record<string, unknown>, now: number): void {
    for (const target of rule.targets) {
      const payload = inputFor(target.input, event, rule, now);
      this.#handover.pass('eventbridge', String(event['detail-type']), () => this.#hand(rule, target, payload));
    }
  }

  #hand(rule: Rule, target: RuleTarget, payload: string): void {
    try {
      target.deliver(payload);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      if (target.deadLetters === undefined) this.#log(`rule ${rule.name} lost an event: ${reason.message}`);
      else target.deadLetters(payload, reason);
    }
  }
}
