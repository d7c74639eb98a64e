import * as z from 'zod';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { reconcileView, viewOfReconcile } from './reconcile-view.ts';

export const reconcileAnswer = z.object({
  reconcile: reconcileView
    .nullable()
    .meta({ description: 'The latest, under way or finished; null = there never was one' }),
});

export const getReconcile = defineRoute({
  method: 'GET',
  path: '/v1/reconcile',
  operationId: 'getReconcile',
  summary: 'How far ringing again for everything in the table has come',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: reconcileAnswer,
  async run({ reconciles }, { store }) {
    const reconcile = await reconciles.load(store.id);
    return ok({ reconcile: reconcile === undefined ? null : viewOfReconcile(reconcile) });
  },
});
