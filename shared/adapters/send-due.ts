import type { Send } from '../domain/sends/send.ts';
import type { EpochMs } from '../domain/time.ts';

/** Where a send waits in the due index: `send` while pending, `lease` while nobody knows yet whether it left. */
export const sendDue = ({ state, dueAt }: Send): Readonly<{ kind: 'send' | 'lease'; at: EpochMs }> | undefined => {
  if (dueAt === undefined) return undefined;
  if (state.status === 'pending') return { kind: 'send', at: dueAt };
  return state.status === 'sending' || state.status === 'unknown' ? { kind: 'lease', at: dueAt } : undefined;
};
