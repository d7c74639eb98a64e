import type { Clock } from '../../ports/clock.ts';

declare global {
  /** Set by a runner whose time can be moved; nothing else in the process follows it. */
  var perennialClock: Clock | undefined;
}

export const systemClock: Clock = {
  now: () => globalThis.perennialClock?.now() ?? Date.now(),
};
