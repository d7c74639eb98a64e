import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';

/**
 * Whether something happened before the store's table was last restored. What it set off may have been mailed already, and the
 * older copy cannot know: so it mails nobody any more, neither what the copy had planned nor what it would plan anew.
 *
 * @param at The moment of the stage move, the order, the yes or the plan; not when it was decided.
 */
export const isBeforeRestore = ({ restoredAt }: Pick<StoreSettings, 'restoredAt'>, at: EpochMs): boolean =>
  restoredAt !== undefined && at <= restoredAt;
