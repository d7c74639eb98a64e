import { setTimeout as pause } from 'node:timers/promises';
import { LifecycleError } from '../domain/errors.ts';

/** EventBridge and SQS both take ten entries a request, and may take some and refuse others. */
const batchSize = 10;
/** Tries for an entry after its batch, with waits up to 50, 100, 200 ms (full jitter). */
const singleTries = 3;
const firstWaitMs = 50;

/** Sends some entries; answers the code of each refused one by its place. */
export type SendEntries<T> = (entries: readonly T[]) => Promise<ReadonlyMap<number, string>>;

const sendAlone = async <T>(entry: T, send: SendEntries<T>, into: string, random: () => number): Promise<void> => {
  let code = '';
  for (let attempt = 1; attempt <= singleTries; attempt += 1) {
    await pause(random() * firstWaitMs * 2 ** (attempt - 1));
    const refused = await send([entry]);
    if (refused.size === 0) return;
    code = refused.get(0) ?? '';
  }
  const attempts = singleTries + 1;
  const message = `cannot put entries: '${into}' must take every entry, got ${code} after ${attempts} attempts`;
  throw new LifecycleError('write.contended', message, { key: into, attempts });
};

/**
 * Sends all entries or throws: what a batch refuses is sent again one by one, a few times. What had been taken before
 * a throw stays taken, so the receiver sees it twice when the caller starts over.
 *
 * @throws {LifecycleError} `write.contended` naming `into`.
 */
export const sendInBatches = async <T>(
  entries: readonly T[],
  send: SendEntries<T>,
  into: string,
  random: () => number = Math.random,
): Promise<void> => {
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    const refused = await send(batch);
    for (const [place, entry] of batch.entries()) {
      if (refused.has(place)) await sendAlone(entry, send, into, random);
    }
  }
};
