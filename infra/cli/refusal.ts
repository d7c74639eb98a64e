/** Ends a command wherever it is found: said in one place, exit code 1. Messages hold no secret and no personal data but what was typed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** What to do next, one line each. */
  readonly hints: readonly string[];

  constructor(message: string, hints: readonly string[] = []) {
    super(message);
    this.hints = hints;
  }
}

/** The command line itself is wrong: exit code 2, with where to read how it goes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
