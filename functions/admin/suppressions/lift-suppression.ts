import * as z from 'zod';
import { liftSuppression as lift } from '../../../shared/domain/guardrails/lift-suppression.ts';
import { type EpochMs, toIso } from '../../../shared/domain/time.ts';
import { notFound, unprocessable } from '../problem-answer.ts';
import { defineRoute, ok } from '../route.ts';
import { notAnAddress } from './not-an-address.ts';
import { standingOf } from './suppression-of.ts';

export const liftedView = z.strictObject({
  status: z.literal('accepted'),
  by: z.enum(['bounce', 'complaint', 'operator']).meta({ description: 'What is lifted' }),
  id: z.string().optional().meta({ description: 'The customer whose timeline tells of it' }),
});

const word = z.strictObject({
  email: z.string().min(3).max(320),
  because: z
    .string()
    .trim()
    .min(3)
    .max(500)
    .meta({ description: 'Why, in words; stands in the timeline, so no names' }),
  agreedAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When the person asked for mail again; needed after a complaint' }),
});

const agreedRule = (complainedAt: EpochMs) =>
  unprocessable('a complaint is lifted only by the person themselves', [
    { path: 'body.agreedAt', rule: `must be when they asked for mail again, after ${toIso(complainedAt)}` },
  ]);

/** Only react writes customers, so it is asked; the request waits in its queue and survives every failure. */
export const liftSuppression = defineRoute({
  method: 'POST',
  path: '/v1/suppressions:lift',
  operationId: 'liftSuppression',
  summary: 'Lets an address be mailed again after a bounce or a complaint, at the word of the operator',
  roles: ['admin'],
  query: z.strictObject({}),
  body: word,
  response: liftedView,
  refusals: { 404: 'Nothing keeps the address from mail that could be lifted' },
  async run(deps, { store, body, now }) {
    const agreedAt = body.agreedAt === undefined ? undefined : Date.parse(body.agreedAt);
    if (agreedAt !== undefined && agreedAt > now)
      return unprocessable('the body is not valid', [{ path: 'body.agreedAt', rule: 'must not be in the future' }]);
    const standing = await standingOf(deps, store.id, body.email);
    if (standing === undefined) return notAnAddress;
    const { address, listed, customer, files } = standing;
    const said = { because: body.because, ...(agreedAt === undefined ? {} : { agreedAt }), at: now };
    const verdict = lift(listed, files, said);
    if (verdict.type === 'statement-needed') return agreedRule(verdict.complainedAt);
    if (verdict.type === 'nothing-to-lift')
      return notFound('nothing keeps this address from mail that could be lifted');
    const whose = customer === undefined ? {} : { customer };
    await deps.react.enqueue([{ type: 'lift', store: store.id, address, ...whose, ...said }]);
    return ok({ status: 'accepted' as const, by: verdict.lifting.by, id: customer });
  },
});
