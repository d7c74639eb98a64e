import type { CustomerCall, WorkQueue } from '../../../ports/work-queue.ts';

/** Keeps the calls in order; `drain` takes them out. */
export const memoryWorkQueue = (): WorkQueue & Readonly<{ drain(): readonly CustomerCall[] }> => {
  let waiting: CustomerCall[] = [];
  return {
    async enqueue(calls) {
      waiting.push(...calls);
    },
    drain() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
};
