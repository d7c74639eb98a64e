import * as z from 'zod';
import { firstAdoption } from '../../../shared/domain/definitions/adoption.ts';
import { lifecycleSchema } from '../../../shared/domain/definitions/data/lifecycle-schema.ts';
import { writeLifecycle } from '../../../shared/domain/definitions/write-lifecycle.ts';
import { daysOfShares } from '../../../shared/domain/fit/days-of-share.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { anyRole } from '../caller.ts';
import { instant, isoOf } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { sharesOf, thresholdView, version, viewOfThresholds } from './lifecycle-view.ts';

const response = z.object({
  version,
  name: z.string(),
  adoptedAt: instant
    .optional()
    .meta({ description: 'Since when decisions are taken under these versions; absent = ever' }),
  definition: lifecycleSchema,
  yaml: z.string().meta({ description: 'The same, as a lifecycle.yaml' }),
  versions: z
    .array(z.object({ version, name: z.string(), savedAt: instant.optional() }))
    .meta({ description: 'Every version, newest first' }),
  fit: version,
  proposedFit: version.optional().meta({ description: 'The newest fit, where it is not the adopted one' }),
  thresholds: z.array(thresholdView),
});

/** The data form of a lifecycle, without its version. */
export const definitionOf = ({ version: _version, ...draft }: Lifecycle): z.input<typeof lifecycleSchema> => ({
  name: draft.name,
  stages: draft.stages.map((stage) => ({ ...stage })),
  ...(draft.exclude === undefined ? {} : { exclude: [...draft.exclude] }),
  ...(draft.adopt === undefined ? {} : { adopt: draft.adopt }),
});

export const getLifecycle = defineRoute({
  method: 'GET',
  path: '/v1/lifecycle',
  operationId: 'getLifecycle',
  summary: 'The lifecycle decisions are taken under, its versions, and its thresholds in days',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response,
  async run({ definitions }, { store, now }) {
    const adoption = (await definitions.adoption(store.id)) ?? firstAdoption;
    const { lifecycle, fit } = await definitions.adopted(store, now, adoption);
    const saved = await definitions.lifecycles(store.id);
    return ok({
      version: lifecycle.version,
      name: lifecycle.name,
      adoptedAt: adoption.at === firstAdoption.at ? undefined : isoOf(adoption.at),
      definition: definitionOf(lifecycle),
      yaml: writeLifecycle(lifecycle),
      versions: [
        ...saved.map(({ lifecycle: one, savedAt }) => ({
          version: one.version,
          name: one.name,
          savedAt: isoOf(savedAt),
        })),
        { version: ecommerce.version, name: ecommerce.name },
      ],
      fit: fit.version,
      proposedFit: adoption.proposedFit,
      thresholds: viewOfThresholds(daysOfShares(fit, sharesOf(lifecycle))),
    });
  },
});
