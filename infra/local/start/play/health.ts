import * as z from 'zod';
import type { HttpCaller } from './http-caller.ts';

const statusSchema = z.object({
  queues: z.record(z.string(), z.object({ visible: z.number(), dead: z.number() })),
  functions: z.record(z.string(), z.object({ errors: z.number() })),
});

/** What went wrong inside while nobody looked: failed invocations, messages in dead-letter queues. */
export const readHealth = async (http: HttpCaller, control: string): Promise<readonly string[]> => {
  const { body } = await http.call({ method: 'GET', url: `${control}/status` });
  const { queues, functions } = statusSchema.parse(JSON.parse(body));
  const failed = Object.entries(functions).filter(([, { errors }]) => errors > 0);
  const dead = Object.entries(queues).filter(
    ([name, { visible, dead: lost }]) => lost > 0 || (/dead|undelivered/.test(name) && visible > 0),
  );
  return [
    ...failed.map(([name, { errors }]) => `${name}: ${errors} failed invocations`),
    ...dead.map(([name, { visible, dead: lost }]) => `${name}: ${Math.max(lost, visible)} messages given up`),
  ];
};
