import * as z from 'zod';
import { type Restore, restoreSteps } from '../../../shared/domain/restore/restore.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { instant, isoOf } from '../instant.ts';

const count = z.number().int().nonnegative();

export const restoreView = z.object({
  restoredAt: instant.meta({ description: 'What happened up to then mails nobody any more' }),
  finishedAt: instant.optional(),
  step: z.enum(restoreSteps),
  total: count.optional().meta({ description: 'Entries of the erasure log' }),
  done: z
    .object({ erasures: count, suppressions: count, withdrawals: count, sends: count })
    .meta({ description: 'Entries put back, and mails closed unsent' }),
  left: count.optional().meta({ description: 'Erasures that could not be done' }),
});

export const viewOfRestore = (restore: Restore): z.input<typeof restoreView> => ({
  restoredAt: toIso(restore.restoredAt),
  finishedAt: isoOf(restore.finishedAt),
  step: restore.step,
  total: restore.total,
  done: { ...restore.done },
  left: restore.left,
});
