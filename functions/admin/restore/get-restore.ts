import * as z from 'zod';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { restoreView, viewOfRestore } from './restore-view.ts';

export const restoreAnswer = z.object({
  restore: restoreView
    .nullable()
    .meta({ description: 'The latest, under way or finished; null = there never was one' }),
});

export const getRestore = defineRoute({
  method: 'GET',
  path: '/v1/restore',
  operationId: 'getRestore',
  summary: 'How far taking in an older copy of the table has come',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: restoreAnswer,
  async run({ restores }, { store }) {
    const restore = await restores.load(store.id);
    return ok({ restore: restore === undefined ? null : viewOfRestore(restore) });
  },
});
