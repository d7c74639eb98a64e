import * as z from 'zod';
import { liftSuppression } from '../../../shared/domain/guardrails/lift-suppression.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { instant } from '../instant.ts';
import { defineRoute, ok } from '../route.ts';
import { notAnAddress } from './not-an-address.ts';
import { standingOf } from './suppression-of.ts';

export const suppressionView = z.object({
  suppressed: z
    .boolean()
    .meta({ description: 'Whether a bounce, a complaint or the operator keeps the address from mail' }),
  by: z.enum(['bounce', 'complaint', 'operator']).optional(),
  since: instant.optional(),
  id: z.string().optional().meta({ description: 'The customer it belongs to' }),
});

/** An erased person's address must not answer otherwise than one never seen. */
export const lookupSuppression = defineRoute({
  method: 'POST',
  path: '/v1/suppressions:lookup',
  operationId: 'lookupSuppression',
  summary: 'Whether an address is kept from mail, and why; it travels in the body, so that it is in no log',
  roles: ['admin'],
  query: z.strictObject({}),
  body: z.strictObject({ email: z.string().min(3).max(320) }),
  response: suppressionView,
  async run(deps, { store, body, now }) {
    const standing = await standingOf(deps, store.id, body.email);
    if (standing === undefined) return notAnAddress;
    const verdict = liftSuppression(standing.listed, standing.files, { because: '', at: now });
    if (verdict.type === 'nothing-to-lift') return ok({ suppressed: false });
    const [by, since] =
      verdict.type === 'lift'
        ? [verdict.lifting.by, verdict.lifting.suppressedAt]
        : (['complaint', verdict.complainedAt] as const);
    return ok({ suppressed: true, by, since: toIso(since), id: standing.customer });
  },
});
