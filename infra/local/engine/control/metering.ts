export type Meter = 'readUnits' | 'writeUnits' | 'invocations' | 'events' | 'mails';
export type Totals = Record<Meter, number>;

interface Entry {
  at: number;
  who: string;
  amounts: Partial<Totals>;
}

const zero = (): Totals => ({ readUnits: 0, writeUnits: 0, invocations: 0, events: 0, mails: 0 });
const addTo = (sum: Totals, amounts: Partial<Totals>): void => {
  sum.readUnits += amounts.readUnits ?? 0;
  sum.writeUnits += amounts.writeUnits ?? 0;
  sum.invocations += amounts.invocations ?? 0;
  sum.events += amounts.events ?? 0;
  sum.mails += amounts.mails ?? 0;
};

/** Entries kept one by one; older ones are folded, and `since` then reaches no further back than the fold. */
const longestLog = 100_000;

/** What would be on the bill: request units, invocations, events and mails, in all and per function. */
export class Metering {
  readonly #now: () => number;
  #folded: Entry[] = [];
  #log: Entry[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  add(who: string, meter: Meter, amount: number): void {
    if (amount === 0) return;
    const at = this.#now();
    const last = this.#log.at(-1);
    if (last !== undefined && last.at === at && last.who === who)
      last.amounts[meter] = (last.amounts[meter] ?? 0) + amount;
    else this.#log.push({ at, who, amounts: { [meter]: amount } });
    if (this.#log.length > longestLog) this.#fold();
  }

  /** Sums of what happened after `since`; of everything when there is none. */
  report(since: number | undefined): { total: Totals; byFunction: Record<string, Totals> } {
    const total = zero();
    const byFunction: Record<string, Totals> = {};
    for (const entry of [...this.#folded, ...this.#log.slice(since === undefined ? 0 : this.#firstAfter(since))]) {
      if (since !== undefined && entry.at <= since) continue;
      addTo(total, entry.amounts);
      const own = byFunction[entry.who] ?? zero();
      byFunction[entry.who] = own;
      addTo(own, entry.amounts);
    }
    return { total, byFunction };
  }

  #firstAfter(since: number): number {
    let low = 0;
    let high = this.#log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#log[middle]?.at ?? Number.POSITIVE_INFINITY) <= since) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #fold(): void {
    const old = this.#log.splice(0, longestLog / 2);
    const at = old.at(-1)?.at ?? 0;
    const sums = new Map<string, Totals>();
    for (const { who, amounts } of [...this.#folded, ...old]) {
      const sum = sums.get(who) ?? zero();
      sums.set(who, sum);
      addTo(sum, amounts);
    }
    this.#folded = [...sums].map(([who, amounts]) => ({ at, who, amounts }));
  }
}
