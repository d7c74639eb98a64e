import * as z from 'zod';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { rebaseView, viewOfRebase } from './lifecycle-view.ts';

export const rebaseAnswer = z.object({
  rebase: rebaseView.nullable().meta({ description: 'The latest, under way or finished; null = there never was one' }),
});

export const getRebase = defineRoute({
  method: 'GET',
  path: '/v1/lifecycle/rebase',
  operationId: 'getRebase',
  summary: 'How far looking at everybody again under new definitions has come',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: rebaseAnswer,
  async run({ rebases }, { store }) {
    const rebase = await rebases.load(store.id);
    return ok({ rebase: rebase === undefined ? null : viewOfRebase(rebase) });
  },
});
