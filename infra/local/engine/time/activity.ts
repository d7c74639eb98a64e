/** Counts work in flight, so that "idle" is known at once instead of being polled for. */
export class Activity {
  #running = 0;
  #waiting = 0;
  #settled: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #checking = false;
  /** Called whenever nothing runs any more, at once. */
  whenAtRest: () => void = () => undefined;

  /** Something runs now. Begin what follows before ending what caused it, or idleness is announced too early. */
  begin(): void {
    this.#running += 1;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running === 0) this.whenAtRest();
    this.#check();
  }

  /** Something waits for virtual time but is not idle either: a stream batch between two tries. */
  beginWait(): void {
    this.#waiting += 1;
  }

  endWait(): void {
    this.#waiting -= 1;
    this.#check();
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#waiting === 0;
  }

  /** Nothing can go on without time passing. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.push(resolve);
      this.#check();
    });
  }

  /** Settled, and nothing is about to be tried again either. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#check();
    });
  }

  #check(): void {
    if (this.#running > 0 || this.#checking || this.#settled.length + this.#idle.length === 0) return;
    this.#checking = true;
    // one turn of the loop, so that what a finished task leaves in the socket buffers is seen first
    setImmediate(() => {
      this.#checking = false;
      if (this.#running > 0) return;
      for (const resolve of this.#settled.splice(0)) resolve();
      if (this.#waiting === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }
}
