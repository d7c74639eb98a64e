import * as z from 'zod';
import type { FitOutcome } from '../../../../functions/fit/make-fit.ts';
import { daysOfShares } from '../../../../shared/domain/fit/days-of-share.ts';
import { defineCommand } from '../../command.ts';
import { Refusal, UsageError } from '../../refusal.ts';
import { systemNow } from '../../system/system-now.ts';
import { fitText } from '../../text/lifecycle/fit-text.ts';
import { progressBar } from '../../text/lifecycle/progress-bar.ts';

const jsonOf = ({ before, made, ...outcome }: FitOutcome) => ({
  ...outcome,
  version: made.fit.version,
  customers: made.customers,
  flags: made.flags,
  thresholds: { before: daysOfShares(before), after: daysOfShares(made.fit) },
  fit: made.fit,
});

export const fit = defineCommand({
  name: 'fit',
  takes: '',
  summary: "makes the store's fit from its own history now, as each night does when it is due",
  options: { adopt: { about: 'take it over at once, whatever the day' } },
  examples: ['fit', 'fit --store harbour --adopt'],
  schema: z.strictObject({
    words: z.tuple([], { error: 'fit takes no words; name a store with --store ID' }),
    adopt: z.boolean().default(false),
  }),
  async run({ adopt }, context) {
    const { world, system } = context;
    const id = system.storeId();
    if (id === undefined) throw new UsageError(['--store must name the store']);
    const operations = await system.operations();
    const now = await systemNow(context);
    const store = await operations.settings(id, now);
    if (store === undefined) throw new Refusal(`there is no store '${id}' in ${operations.where}`);
    const progress = (done: number, of: number) => world.status(progressBar(done, of, 'customers read'));
    const outcome = await operations.makeFit(store, { now, adopt, progress });
    world.status('');
    return { json: jsonOf(outcome), text: (paint) => fitText(outcome, paint) };
  },
});
