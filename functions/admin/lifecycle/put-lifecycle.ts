import * as z from 'zod';
import { publishLifecycle } from '../../definitions/publish-lifecycle.ts';
import { personalRoles } from '../caller.ts';
import { defineRoute, ok } from '../route.ts';
import { draftOfBody, lifecycleBody } from './draft-of-body.ts';
import { rebaseView, version, viewOfRebase } from './lifecycle-view.ts';

export const publishedView = z.object({
  version,
  name: z.string(),
  changed: z.boolean().meta({ description: 'false: it says what was adopted already, and nothing was done' }),
  rebase: rebaseView.optional(),
});

export const putLifecycle = defineRoute({
  method: 'PUT',
  path: '/v1/lifecycle',
  operationId: 'putLifecycle',
  summary:
    'Publishes a lifecycle: saves it as the next version, takes it over, and looks at everybody again; no mail fires',
  roles: personalRoles,
  query: z.strictObject({}),
  body: z.unknown(),
  describedBody: lifecycleBody,
  response: publishedView,
  async run(deps, { store, body, now }) {
    const read = draftOfBody(body);
    if (read.type === 'problem') return read;
    const { lifecycle, rebase } = await publishLifecycle(deps, store, read.draft, now);
    const named = { version: lifecycle.version, name: lifecycle.name };
    if (rebase === undefined) return ok({ ...named, changed: false });
    return ok({ ...named, changed: true, rebase: viewOfRebase(rebase) });
  },
});
