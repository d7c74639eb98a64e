import type { EpochMs } from '../../shared/domain/time.ts';
import type { Clock } from '../../shared/ports/clock.ts';

/** Reads the clock once, when an invocation starts, and hands the instant on: nothing below a handler asks what time it is. */
export const withNow =
  <Event, Result>(clock: Clock, useCase: (event: Event, now: EpochMs) => Promise<Result>) =>
  (event: Event): Promise<Result> =>
    useCase(event, clock.now());
