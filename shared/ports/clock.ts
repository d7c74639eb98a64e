import type { EpochMs } from '../domain/time.ts';

/** Read once per invocation, in the handler, and passed on as `now`. */
export interface Clock {
  now(): EpochMs;
}
