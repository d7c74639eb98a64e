import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { days } from '../../../../shared/domain/time.ts';
import { mailedPerson } from '../../../e2e/support/people.ts';
import { type RealTemplates, startReal, synthesizeReal } from '../fixture/real-stack.ts';
import { getJson, post } from '../fixture/running.ts';

let real: RealTemplates;
beforeAll(async () => {
  real = await synthesizeReal();
}, 60_000);
afterAll(() => real.remove());

/** What AWS may do any day: everything twice and out of order, rate limits, conflicts, and environments that die. */
const weather = [
  { service: 'stream', kind: 'duplicate', probability: 0.5 },
  { service: 'stream', kind: 'reorder', probability: 0.5 },
  { service: 'queue', kind: 'duplicate', probability: 0.5 },
  { service: 'queue', kind: 'reorder', probability: 0.5 },
  { service: 'eventbridge', kind: 'duplicate', probability: 0.3 },
  { service: 'eventbridge', kind: 'throttle', operation: 'PutEventsEntry', probability: 0.2, limit: 10 },
  { service: 'dynamodb', kind: 'throttle', probability: 0.05, limit: 40 },
  { service: 'dynamodb', kind: 'error', operation: 'TransactWriteItems', probability: 0.2, limit: 20 },
  {
    service: 'dynamodb',
    kind: 'throttle',
    operation: 'BatchGetItem',
    detail: 'unprocessed',
    probability: 0.2,
    limit: 10,
  },
  { service: 'ses', kind: 'throttle', probability: 0.3, limit: 3 },
  { service: 'ses', kind: 'drop', operation: 'delivery', probability: 0.3 },
  { service: 'lambda', kind: 'crashAfter', operation: 'react', probability: 0.2, limit: 3 },
  { service: 'lambda', kind: 'crashAfter', operation: 'relay', probability: 0.2, limit: 3 },
  { service: 'lambda', kind: 'crashBefore', operation: 'enrol', probability: 0.2, limit: 2 },
];
const listed = z.object({ faults: z.array(z.object({ service: z.string(), kind: z.string(), fired: z.number() })) });

/** Webhooks are sent again by the shop until they are taken. */
const untilTaken = async (send: () => Promise<number>): Promise<void> => {
  for (let tries = 0; tries < 10; tries += 1) if ((await send()) === 202) return;
  throw new Error('the webhook was never taken');
};

describe('under duplicates, another order, rate limits, conflicts and crashes', () => {
  it.each([1, 2, 3])(
    'each order becomes exactly one welcome (seed %d)',
    async (seed) => {
      const people = Array.from({ length: 6 }, mailedPerson);
      const run = await startReal(real.templates);
      try {
        for (const [n, fault] of weather.entries())
          expect((await post(`${run.control}/faults`, { ...fault, seed: seed * 100 + n })).status).toBe(201);
        await Promise.all(people.map((person) => untilTaken(() => run.order(person, `${person.id}-1`))));
        await run.advanceTo(run.now() + days(9));
        const { faults } = listed.parse(await getJson(`${run.control}/faults`));
        for (const kind of ['duplicate', 'reorder', 'throttle'])
          expect(faults.some((one) => one.kind === kind && one.fired > 0)).toBe(true);
        for (const person of people) expect(await run.mailed(person)).toEqual(['welcome']);
        expect(run.lines.filter((line) => line.includes(' was denied: '))).toEqual([]);
      } finally {
        await run.close();
      }
    },
    60_000,
  );
});
