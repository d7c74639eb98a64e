import type { StageId } from '../../../../shared/domain/customers/customer.ts';
import type { Cause } from '../../../../shared/domain/lifecycle/cause.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';

export type TransitionCount = Readonly<{ from: StageId; to: StageId; count: number }>;

/** Moves by what customers did or let be; a refund taken back or a new fit is no movement of theirs. */
const moving = new Set<Cause>(['order', 'event', 'time']);

export const transitionCounter = () => {
  const counts = new Map<string, { from: StageId; to: StageId; count: number }>();
  const others = new Map<Cause, number>();
  return {
    add: ({ visits }: CustomerFile): void => {
      for (const { from, stage: to, cause } of visits) {
        if (from === undefined) continue;
        if (!moving.has(cause)) others.set(cause, (others.get(cause) ?? 0) + 1);
        else {
          const key = `${from}>${to}`;
          const known = counts.get(key) ?? { from, to, count: 0 };
          known.count += 1;
          counts.set(key, known);
        }
      }
    },
    /** Most first. */
    transitions: (): readonly TransitionCount[] =>
      [...counts.values()].sort((a, b) => b.count - a.count || (a.from + a.to < b.from + b.to ? -1 : 1)),
    /** Moves with another cause: corrections and rebases. */
    others: (): Readonly<Partial<Record<Cause, number>>> => Object.fromEntries(others),
  };
};
