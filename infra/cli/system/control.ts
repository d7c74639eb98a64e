import * as z from 'zod';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { answering } from './admin-api.ts';

const instant = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);
const statusSchema = z.object({ now: instant });
const mailSchema = z.object({
  id: z.string(),
  at: instant,
  to: z.union([z.string(), z.array(z.string())]).transform((to) => [to].flat().join(', ')),
  subject: z.string(),
  tags: z.record(z.string(), z.string()).default({}),
});
const problemSchema = z.object({ detail: z.string().optional(), title: z.string().optional() });
export type InboxMail = z.output<typeof mailSchema>;

/** The control plane of the local run. */
export interface Control {
  now(): Promise<EpochMs>;
  /** Moves the clock forward and runs everything due on the way. */
  move(move: Readonly<{ advance: string } | { to: string }>): Promise<EpochMs>;
  /** Returns once nothing is queued, in flight or lagging. */
  settle(): Promise<void>;
  inbox(): Promise<readonly InboxMail[]>;
}

export const localControl = (world: World, url: string): Control => {
  const call = async <S extends z.ZodType>(path: string, init: RequestInit, schema: S): Promise<z.output<S>> => {
    const response = await answering(url, () =>
      world.fetch(`${url}${path}`, { ...init, headers: { 'content-type': 'application/json' } }),
    );
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return schema.parse(body);
    const problem = problemSchema.safeParse(body).data;
    throw new Refusal(
      `the local run refused (${response.status}): ${problem?.detail ?? problem?.title ?? 'no reason given'}`,
    );
  };
  return {
    now: async () => (await call('/status', {}, statusSchema)).now,
    move: async (move) => (await call('/clock', { method: 'POST', body: JSON.stringify(move) }, statusSchema)).now,
    settle: async () => void (await call('/idle', { method: 'POST' }, z.unknown())),
    inbox: () => call('/inbox', {}, z.array(mailSchema)),
  };
};
