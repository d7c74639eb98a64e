import type { FaultKind, FaultRule, FaultService } from './fault-rule.ts';
import { seeded } from './random.ts';

/** A fault that is to happen now; `random` is its rule's, for whatever it still has to choose. */
export interface Fault {
  rule: FaultRule;
  random: () => number;
}

export type ListedFault = FaultRule & { id: number; seen: number; fired: number };

interface Entry extends Fault {
  id: number;
  seen: number;
  fired: number;
}

/**
 * The faults that were asked for. Each rule draws one number from its own seed for every occasion it is about, whatever the other
 * rules do: the same seed and the same sequence of calls give the same faults.
 */
export class FaultBook {
  /** Not 0 while faults are about table calls, which functions otherwise make past the main thread. */
  readonly detour = new SharedArrayBuffer(4);
  #entries: Entry[] = [];
  #ids = 0;

  add(rule: FaultRule): ListedFault {
    const entry: Entry = { id: ++this.#ids, rule, random: seeded(rule.seed), seen: 0, fired: 0 };
    this.#entries.push(entry);
    this.#tell();
    return listed(entry);
  }

  clear(): void {
    this.#entries = [];
    this.#tell();
  }

  list(): ListedFault[] {
    return this.#entries.map(listed);
  }

  /** The fault that meets this occasion, if one does: of several the one that was asked for first. */
  draw(service: FaultService, kinds: readonly FaultKind[], name: string): Fault | undefined {
    let met: Entry | undefined;
    for (const entry of this.#entries) {
      if (!isAbout(entry.rule, service, kinds, name)) continue;
      entry.seen += 1;
      const isHit = entry.random() < entry.rule.probability && entry.fired < (entry.rule.limit ?? Infinity);
      if (!isHit || met !== undefined) continue;
      entry.fired += 1;
      met = entry;
    }
    return met;
  }

  #tell(): void {
    const isWanted = this.#entries.some(({ rule }) => rule.service === 'dynamodb');
    Atomics.store(new Int32Array(this.detour), 0, isWanted ? 1 : 0);
  }
}

const listed = ({ id, rule, seen, fired }: Entry): ListedFault => ({ id, ...rule, seen, fired });

const isAbout = (rule: FaultRule, service: FaultService, kinds: readonly FaultKind[], name: string): boolean =>
  rule.service === service &&
  kinds.includes(rule.kind) &&
  (rule.operation === undefined || rule.operation === name || name.endsWith(`-${rule.operation}`));
