import * as z from 'zod';
import { sharesNamed } from '../../../shared/domain/definitions/preview.ts';
import type { Rebase } from '../../../shared/domain/definitions/rebase.ts';
import { type DaysOfShare, usualShares } from '../../../shared/domain/fit/days-of-share.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { instant, isoOf } from '../instant.ts';

export const count = z.number().int().nonnegative();
export const version = count.meta({ description: 'Counts up; greater is newer' });

/** Days of silence for each band of customers. */
export const bandDays = z
  .tuple([z.number(), z.number(), z.number()])
  .meta({ description: 'Whole days, for customers with one order, with two or three, with four or more' });

export const thresholdView = z.object({
  share: z.number().meta({ description: 'Of comparable customers who come back, the share back by then' }),
  days: bandDays,
});

export const rebaseView = z.object({
  lifecycle: version,
  fit: version,
  startedAt: instant,
  finishedAt: instant.optional(),
  customers: count.meta({ description: 'Customers of the store, estimated until all were looked at once' }),
  done: count.meta({ description: 'Of them, those looked at in this round' }),
  round: count.meta({ description: 'From the second on: whoever the round before could not be sure of' }),
  perMinute: count.meta({ description: 'At most so many are looked at again in a minute' }),
  left: count.optional().meta({ description: 'Customers still under older versions when it gave up' }),
});

export const viewOfRebase = (rebase: Rebase): z.input<typeof rebaseView> => ({
  lifecycle: rebase.lifecycle,
  fit: rebase.fit,
  startedAt: toIso(rebase.startedAt),
  finishedAt: isoOf(rebase.finishedAt),
  customers: rebase.total,
  done: rebase.finishedAt === undefined ? rebase.passed : rebase.total,
  round: rebase.round,
  perMinute: rebase.perMinute,
  left: rebase.left,
});

export const viewOfThresholds = (thresholds: readonly DaysOfShare[]): z.input<typeof thresholdView>[] =>
  thresholds.map(({ share, days }) => ({ share, days: [...days] }));

/** The shares people ask about, and those the lifecycle names. */
export const sharesOf = (lifecycle: Lifecycle): readonly number[] =>
  [...new Set([...usualShares, ...sharesNamed(lifecycle)])].sort((a, b) => a - b);
