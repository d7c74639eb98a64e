import * as z from 'zod';
import { firstAdoption } from '../../../shared/domain/definitions/adoption.ts';
import { daysOfShares } from '../../../shared/domain/fit/days-of-share.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import type { SavedFit } from '../../../shared/ports/definition-store.ts';
import { anyRole } from '../caller.ts';
import { instant, isoOf } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { count, sharesOf, thresholdView, version, viewOfThresholds } from './lifecycle-view.ts';

const fitView = z.object({
  version,
  madeAt: instant.optional().meta({ description: 'Absent for version 0, which stands before there is any history' }),
  customers: count.meta({ description: 'Customers whose orders it was made from' }),
  flags: z.array(z.string()).meta({ description: 'What the data could not tell' }),
  adopted: z.boolean().meta({ description: 'Decisions are taken under this one' }),
  cycleDays: z.number().meta({ description: 'Typical days between two orders' }),
  thresholds: z.array(thresholdView),
});

export const listFits = defineRoute({
  method: 'GET',
  path: '/v1/fits',
  operationId: 'listFits',
  summary: "What the store's own history said, version by version: thresholds in days, and what is adopted",
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: z.object({ items: z.array(fitView).meta({ description: 'Newest first' }) }),
  async run({ definitions }, { store, now }) {
    const adoption = (await definitions.adoption(store.id)) ?? firstAdoption;
    const { lifecycle } = await definitions.adopted(store, now, adoption);
    const saved = await definitions.fits(store.id);
    const prior: Omit<SavedFit, 'madeAt'> = { fit: priorFit(store.rhythm), customers: 0, flags: [] };
    const hasPrior = saved.some(({ fit }) => fit.version === 0);
    const all = [...saved, ...(hasPrior ? [] : [{ ...prior, madeAt: undefined }])];
    return ok({
      items: all.map(({ fit, madeAt, customers, flags }) => ({
        version: fit.version,
        madeAt: fit.version === 0 ? undefined : isoOf(madeAt),
        customers,
        flags: [...flags],
        adopted: fit.version === adoption.fit,
        cycleDays: fit.cycle.days,
        thresholds: viewOfThresholds(daysOfShares(fit, sharesOf(lifecycle))),
      })),
    });
  },
});
