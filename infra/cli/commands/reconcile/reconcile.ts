import * as z from 'zod';
import { reconcileStarted } from '../../../../functions/admin/reconcile/start-reconcile.ts';
import { parseInstant, toIso } from '../../../../shared/domain/time.ts';
import { defineCommand, type Report } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { AdminApi } from '../../system/admin-api.ts';
import { followReconcile, type ReconcileView, reconcileOf } from './follow-reconcile.ts';
import { reconcileText } from './reconcile-text.ts';

const since = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined) return toIso(at);
  context.addIssue({ code: 'custom', message: 'must be an instant with its offset, for example 2026-03-01T06:00:00Z' });
  return z.NEVER;
});

const started = async (api: AdminApi, from: string | undefined) => {
  const found = await api.post('/v1/reconcile', from === undefined ? {} : { since: from }, reconcileStarted);
  if (found.type === 'absent') throw new Refusal(found.detail);
  return found.body;
};

const report = (reconcile: ReconcileView | undefined, begun?: boolean): Report => ({
  json: { ...(begun !== undefined && { begun }), reconcile: reconcile ?? null },
  text: (paint) => [
    ...(begun === false ? ['  one is under way that leaves nothing out: it goes on'] : []),
    ...reconcileText(reconcile, paint),
  ],
});

export const reconcile = defineCommand({
  name: 'reconcile',
  takes: '',
  summary: 'after an outage longer than the stream remembers: finds what nobody reacted to, or was told of',
  options: {
    since: { value: 'INSTANT', about: 'when the outage began; without it everything is rung for, imports too' },
    status: { about: 'start nothing, only show how far the latest has come' },
    'no-follow': { about: 'come back at once; it goes on by itself' },
  },
  examples: ['reconcile --since 2026-03-01T06:00:00Z', 'reconcile --no-follow', 'reconcile --status'],
  schema: z.strictObject({
    words: z.tuple([], { error: 'reconcile takes no words' }),
    since: since.optional(),
    status: z.boolean().default(false),
    'no-follow': z.boolean().default(false),
  }),
  async run({ since: from, status, 'no-follow': leave }, { world, system }) {
    const api = await system.api();
    if (status) return report(await reconcileOf(api));
    const { begun, reconcile: begins } = await started(api, from);
    return report(!leave && world.isTty ? await followReconcile(world, api) : begins, begun);
  },
});
