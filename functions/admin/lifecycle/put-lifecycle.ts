import * as z from 'zod';
import type { LifecycleDraft } from '../../../shared/domain/definitions/lifecycle-draft.ts';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { startRebase } from '../../definitions/start-rebase.ts';
import { takeOver } from '../../definitions/take-over.ts';
import { drawSample } from '../../sample/draw-sample.ts';
import { personalRoles } from '../caller.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok } from '../route.ts';
import { changeOf } from './change-of.ts';
import { draftOfBody, lifecycleBody } from './draft-of-body.ts';
import { rebaseView, version, viewOfRebase } from './lifecycle-view.ts';

export const publishedView = z.object({
  version,
  name: z.string(),
  changed: z.boolean().meta({ description: 'false: it says what was adopted already, and nothing was done' }),
  rebase: rebaseView.optional(),
});

const attempts = 5;

/** The draft as the store's next version; somebody else's save at the same moment takes the number before it. */
const saved = async (
  deps: AdminDeps,
  store: StoreSettings,
  draft: LifecycleDraft,
  now: EpochMs,
): Promise<Readonly<{ lifecycle: Lifecycle; same: boolean }>> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { before, after, same } = await changeOf(deps, store, draft, now);
    if (same) return { lifecycle: before.lifecycle, same };
    const outcome = await deps.definitions.saveLifecycle(store.id, { lifecycle: after, savedAt: now });
    if (outcome.type === 'saved') return { lifecycle: after, same };
  }
  throw new LifecycleError(
    'write.contended',
    `cannot save a lifecycle: 'version' must be free, got ${attempts} conflicts`,
    { key: 'LIFECYCLE', attempts },
  );
};

/** Enough customers to estimate from how many there are; a small store is counted. */
const counted = 2_000;

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
    const { lifecycle, same } = await saved(deps, store, read.draft, now);
    const named = { version: lifecycle.version, name: lifecycle.name };
    if (same) return ok({ ...named, changed: false });
    const adoption = await takeOver(deps.definitions, store.id, { lifecycle: lifecycle.version }, now);
    const { total } = await drawSample(deps.roll, store.id, { wanted: counted });
    const rebase = await startRebase(deps, store.id, adoption, { now, total });
    return ok({ ...named, changed: true, rebase: viewOfRebase(rebase) });
  },
});
