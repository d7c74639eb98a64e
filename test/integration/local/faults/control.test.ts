import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { getJson, post, probe, type RunningMini, startMini } from '../fixture/running.ts';

let stack: RunningMini;
beforeAll(async () => {
  stack = await startMini();
});
afterAll(() => stack.close());
afterEach(() => fetch(`${stack.control}/faults`, { method: 'DELETE' }));

const ask = (fault: object) => post(`${stack.control}/faults`, { probability: 1, seed: 1, ...fault });
const listed = z.object({ faults: z.array(z.object({ id: z.number(), seen: z.number(), fired: z.number() })) });
const list = async () => listed.parse(await getJson(`${stack.control}/faults`)).faults;
const parameters = { service: 'queue', operation: 'SendMessage', kind: 'throttle' };
const send = () => probe(stack, 'SendMessageCommand', { QueueUrl: 'plain', MessageBody: 'x' });

describe('asking for faults', () => {
  it('answers with what was taken; the list says how often each was possible and how often it happened; delete ends them', async () => {
    const asked = await ask({ ...parameters, limit: 2 });
    expect(asked.status).toBe(201);
    expect(await asked.json()).toMatchObject({ ...parameters, probability: 1, limit: 2, seed: 1, seen: 0, fired: 0 });
    const answers = [await send(), await send(), await send()];
    expect(answers.map(({ type }) => type)).toEqual(['refused', 'refused', 'answered']);
    expect(await list()).toMatchObject([{ seen: 3, fired: 2 }]);
    expect((await fetch(`${stack.control}/faults`, { method: 'DELETE' })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect(await send()).toMatchObject({ type: 'answered' });
  });

  it('the same seed and the same calls give the same faults, whatever other faults are asked for; another seed gives others', async () => {
    const run = async (seed: number, more: object[] = []) => {
      await fetch(`${stack.control}/faults`, { method: 'DELETE' });
      await ask({ ...parameters, probability: 0.5, seed });
      for (const one of more) await ask(one);
      const outcomes: string[] = [];
      for (let n = 0; n < 24; n += 1) outcomes.push((await send()).type);
      return outcomes.join(' ');
    };
    const first = await run(7);
    expect(first).toContain('refused');
    expect(first).toContain('answered');
    expect(await run(7)).toBe(first);
    expect(await run(7, [{ service: 'queue', kind: 'duplicate', probability: 0.5 }])).toBe(first);
    expect(await run(8)).not.toBe(first);
  });

  it.each([
    [{ service: 'queue', kind: 'drop' }, /what it has accepted it does not lose; use delay/],
    [{ service: 'stream', kind: 'drop' }, /does not lose/],
    [{ service: 'eventbridge', kind: 'drop' }, /drop at 'ses', whose events are best effort/],
    [{ service: 'lambda', kind: 'drop' }, /does not lose/],
    [{ service: 'dynamodb', kind: 'crashBefore' }, /no fault of kind 'crashBefore'/],
    [{ service: 'stream', kind: 'throttle' }, /no fault of kind 'throttle'/],
    [{ service: 'dynamodb', kind: 'throttle', operation: 'Fly' }, /'operation' must name one of GetItem, /],
    [{ service: 'ses', kind: 'throttle', detail: 'weekly' }, /'detail' must be 'rate' or 'daily-quota', got 'weekly'/],
    [{ service: 'ses', kind: 'error', detail: 'x' }, /'detail' must be left out/],
    [{ service: 'queue', kind: 'duplicate', delayMs: 5 }, /'delayMs' goes with kind 'delay' only/],
    [{ service: 'moon', kind: 'error' }, /service/],
    [{ service: 'ses', kind: 'error', probability: 2 }, /probability/],
    [{ service: 'ses', kind: 'error', seed: undefined }, /seed/],
    [{ service: 'ses', kind: 'error', colour: 'red' }, /colour/],
  ])('refuses %j, and says what there is', async (fault, reason) => {
    const answer = await ask(fault);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = z
      .object({
        detail: z.string(),
        supported: z.record(z.string(), z.record(z.string(), z.object({ operation: z.string() }))),
      })
      .parse(await answer.json());
    expect(problem.detail).toMatch(reason);
    expect(Object.keys(problem.supported)).toEqual(['dynamodb', 'ses', 'eventbridge', 'lambda', 'stream', 'queue']);
    expect(await list()).toEqual([]);
  });
});
