import * as z from 'zod';
import { parseInstant } from '../../../shared/domain/time.ts';
import { startReconcile as start } from '../../definitions/start-reconcile.ts';
import { drawSample } from '../../sample/draw-sample.ts';
import { instant } from '../instant.ts';
import { unprocessable } from '../problem-answer.ts';
import { defineRoute, ok } from '../route.ts';
import { reconcileView, viewOfReconcile } from './reconcile-view.ts';

export const reconcileStarted = z.object({
  begun: z.boolean().meta({ description: 'false: one is under way that leaves nothing out, and goes on' }),
  reconcile: reconcileView,
});

const body = z.strictObject({
  since: instant.optional().meta({
    description: 'When the outage began: what is dated more than a day before is passed over. Absent: nothing is',
  }),
});

/** Enough customers to estimate from how many there are; a small store is counted. */
const counted = 2_000;

export const startReconcile = defineRoute({
  method: 'POST',
  path: '/v1/reconcile',
  operationId: 'startReconcile',
  summary: 'Rings again for everything in the table, after the stream forgot what nobody read; nobody is mailed twice',
  roles: ['admin'],
  query: z.strictObject({}),
  body,
  response: reconcileStarted,
  async run(deps, { store, body: { since: from }, now }) {
    const since = from === undefined ? undefined : parseInstant(from);
    if (since !== undefined && since > now)
      return unprocessable('the body is not valid', [
        { path: 'body.since', rule: 'must be an instant that has passed' },
      ]);
    const { total } = await drawSample(deps.roll, store.id, { wanted: counted });
    const { reconcile, begun } = await start(deps, store.id, { now, since, total });
    return ok({ begun, reconcile: viewOfReconcile(reconcile) });
  },
});
