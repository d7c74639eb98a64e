import { type DurationMs, type EpochMs, seconds } from '../time.ts';
import type { Send } from './send.ts';

/** Scanners follow every link within seconds of delivery; people read first. */
const scannerWindowMs: DurationMs = seconds(10);

/**
 * Whether a click was probably a person's: not within ten seconds of the mail's acceptance or delivery.
 * Before either is known nobody can tell, and the click is taken for a person's.
 */
export const isHumanClick = ({ state, feedback }: Send, clickedAt: EpochMs): boolean => {
  const left = Math.max(state.status === 'sent' ? state.sentAt : 0, feedback.deliveredAt ?? 0);
  return clickedAt - left >= scannerWindowMs;
};
