import * as z from 'zod';
import { lifecycleSchema } from '../../../shared/domain/definitions/data/lifecycle-schema.ts';
import { writeLifecycle } from '../../../shared/domain/definitions/write-lifecycle.ts';
import { presets } from '../../../shared/domain/lifecycle/presets/presets.ts';
import { anyRole } from '../caller.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { definitionOf } from './get-lifecycle.ts';

export const presetsView = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      about: z.string().meta({ description: 'Where its stages come from' }),
      definition: lifecycleSchema,
      yaml: z.string().meta({ description: 'The same, as a lifecycle.yaml' }),
    }),
  ),
});

export const listPresets = defineRoute({
  method: 'GET',
  path: '/v1/lifecycle/presets',
  operationId: 'listLifecyclePresets',
  summary: 'Lifecycles to start from',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: presetsView,
  async run() {
    const items = presets.map(({ name, about, lifecycle }) => ({
      name,
      about,
      definition: definitionOf(lifecycle),
      yaml: writeLifecycle(lifecycle),
    }));
    return ok({ items });
  },
});
