import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shuffled } from '../../../../infra/local/engine/streams/shuffle-records.ts';
import type { StreamRecord } from '../../../../infra/local/engine/streams/stream-record.ts';
import { getJson, post, postOrder, type RunningMini, startMini } from '../fixture/running.ts';

let stack: RunningMini;
beforeAll(async () => {
  stack = await startMini();
});
afterAll(() => stack.close());
afterEach(() => fetch(`${stack.control}/faults`, { method: 'DELETE' }));

const ask = async (fault: object): Promise<void> => {
  const answer = await post(`${stack.control}/faults`, { probability: 1, seed: 1, ...fault });
  expect(answer.status).toBe(201);
};
const inboxShape = z.array(z.object({ id: z.string(), subject: z.string(), at: z.string() }));
const mailsOf = async (id: string) =>
  inboxShape.parse(await getJson(`${stack.control}/inbox`)).filter(({ subject }) => subject.endsWith(` ${id}`));
const statusShape = z.object({
  idle: z.boolean(),
  functions: z.record(z.string(), z.object({ invocations: z.number(), errors: z.number() })),
});
const status = async () => statusShape.parse(await getJson(`${stack.control}/status`));
const invocations = async (name: string): Promise<number> => (await status()).functions[name]?.invocations ?? 0;
const advance = (duration: string) => post(`${stack.control}/clock`, { advance: duration });

/** Posts an order and waits until all that follows has been done. */
const order = async (id: string): Promise<number> => {
  const answer = await postOrder(stack, id);
  await stack.idle();
  return answer.status;
};

describe('what is handed over', () => {
  it.each([
    ['stream', 'relay'],
    ['queue', 'mail'],
    ['eventbridge', 'order-placed'],
  ])('%s duplicate: arrives twice', async (service, operation) => {
    await ask({ service, operation, kind: 'duplicate', limit: 1 });
    await order(`twice-${service}`);
    expect(await mailsOf(`twice-${service}`)).toHaveLength(2);
  });

  it.each([
    ['queue', 'mail'],
    ['eventbridge', 'order-placed'],
  ])('%s delay: comes so much later in virtual time, and is not waited for', async (service, operation) => {
    await ask({ service, operation, kind: 'delay', delayMs: 3_600_000, limit: 1 });
    await order(`late-${service}`);
    expect(await mailsOf(`late-${service}`)).toHaveLength(0);
    await advance('PT59M');
    expect(await mailsOf(`late-${service}`)).toHaveLength(0);
    await advance('PT2M');
    expect(await mailsOf(`late-${service}`)).toHaveLength(1);
  });

  it('stream delay: holds the line and lags until its time', async () => {
    await ask({ service: 'stream', operation: 'relay', kind: 'delay', delayMs: 3_600_000, limit: 1 });
    await postOrder(stack, 'late-stream');
    await expect.poll(async () => (await status()).idle).toBe(false);
    const before = stack.now();
    await advance('PT2H');
    const [mail] = await mailsOf('late-stream');
    expect(Date.parse(mail?.at ?? '') - before).toBeGreaterThanOrEqual(3_590_000);
  });

  it.each([
    ['queue', 'mail'],
    ['eventbridge', 'order-placed'],
    ['stream', 'relay'],
  ])('%s reorder: all of it comes once, in another order', async (service, operation) => {
    await ask({ service, operation, kind: 'reorder', seed: 4 });
    const ids = Array.from({ length: 8 }, (_, n) => `mixed-${service}-${n}`);
    await Promise.all(ids.map((id) => postOrder(stack, id)));
    await stack.idle();
    for (const id of ids) expect(await mailsOf(id)).toHaveLength(1);
    const fired = z
      .object({ faults: z.array(z.object({ fired: z.number() })) })
      .parse(await getJson(`${stack.control}/faults`));
    expect(fired.faults[0]?.fired).toBeGreaterThan(0);
  });

  it('queue reorder: later messages overtake earlier ones', async () => {
    await ask({ service: 'queue', operation: 'mail', kind: 'reorder', seed: 2 });
    const ids = Array.from({ length: 12 }, (_, n) => `over-${n}`);
    for (const id of ids) await postOrder(stack, id);
    await stack.idle();
    const order = inboxShape
      .parse(await getJson(`${stack.control}/inbox`))
      .flatMap(({ subject }) => /over-\d+$/.exec(subject) ?? []);
    expect([...order].sort()).toEqual([...ids].sort());
    expect(order).not.toEqual(ids);
  });
});

describe('mail events, which SES publishes at its best effort', () => {
  const published = async (fault: object): Promise<number> => {
    const before = await invocations('feedback');
    await ask({ service: 'ses', operation: 'delivery', ...fault });
    await order(`ses-${JSON.stringify(fault).length}-${before}`);
    return (await invocations('feedback')) - before;
  };

  it('drop: never comes', async () => expect(await published({ kind: 'drop' })).toBe(1));
  it('duplicate: comes twice', async () => expect(await published({ kind: 'duplicate' })).toBe(3));
  it('reorder: comes, and is waited for', async () => expect(await published({ kind: 'reorder' })).toBe(2));
  it('delay: comes when its time has come', async () => {
    const before = await invocations('feedback');
    expect(await published({ kind: 'delay' })).toBe(1);
    await advance('PT2M');
    expect((await invocations('feedback')) - before).toBeGreaterThanOrEqual(2);
  });
});

describe('an invocation', () => {
  it.each([
    ['throttle', 0],
    ['error', 0],
    ['crashBefore', 0],
    ['timeout', 0],
    ['crashAfter', 1],
    ['timeoutAfterAccept', 1],
  ] as const)(
    '%s: the batch comes again after its visibility timeout; the first time %d mails had left',
    async (kind, left) => {
      await ask({ service: 'lambda', operation: 'mailer', kind, limit: 1 });
      await order(`lambda-${kind}`);
      expect(await mailsOf(`lambda-${kind}`)).toHaveLength(left);
      await advance('PT4M');
      expect(await mailsOf(`lambda-${kind}`)).toHaveLength(left + 1);
    },
  );

  it('a crash answers the caller with 500, and the next one finds a fresh environment', async () => {
    await ask({ service: 'lambda', operation: 'intake', kind: 'crashAfter', limit: 1 });
    expect(await order('crashed')).toBe(500);
    expect(await mailsOf('crashed')).toHaveLength(1);
    expect(await order('crashed')).toBe(200); // it is there already
  });

  it('an asynchronous one may come twice', async () => {
    const before = await invocations('feedback');
    await ask({ service: 'lambda', operation: 'feedback', kind: 'duplicate' });
    await order('twice-async');
    expect((await invocations('feedback')) - before).toBe(4);
  });
});

describe('another order of a stream', () => {
  const record = (item: string, sequence: number): StreamRecord => ({
    eventID: String(sequence),
    eventName: 'MODIFY',
    dynamodb: { Keys: { pk: { S: item[0] }, sk: { S: item } }, SequenceNumber: String(sequence) },
  });
  const bySequence = (records: readonly StreamRecord[]) => records.map(({ eventID }) => Number(eventID));

  it('has every record once, and each item’s in their own order, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a1', 'a2', 'b1', 'c1')),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (items, draws) => {
          let drawn = 0;
          const records = items.map(record);
          const mixed = shuffled(records, () => draws[drawn++ % Math.max(1, draws.length)] ?? 0.5);
          expect(bySequence(mixed).toSorted((a, b) => a - b)).toEqual(bySequence(records));
          for (const item of new Set(items)) {
            const own = bySequence(mixed.filter(({ dynamodb }) => Object(dynamodb.Keys['sk']).S === item));
            expect(own).toEqual(own.toSorted((a, b) => a - b));
          }
        },
      ),
    );
  });
});
