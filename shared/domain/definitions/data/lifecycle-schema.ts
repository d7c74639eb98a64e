import * as z from 'zod';
import { conditionSchema } from '../../conditions/language/condition-schema.ts';
import { adoptions, lifecycleName, maxExclusions, maxStages, stageName } from '../lifecycle-draft.ts';

const sentence = z
  .string()
  .max(16_384)
  .meta({ description: 'A condition as a sentence, as in lifecycle.yaml: `orders >= 2 and silence > 75%`.' });

const rule = z.union([sentence, conditionSchema]);

const stage = z.strictObject({
  id: z.string().regex(stageName),
  when: rule.exactOptional().meta({ description: 'Absent, or `otherwise`, for the last stage and no other.' }),
});

/** A lifecycle as the API takes it. What its names, conditions and stages may be together is `readLifecycleData`'s to say. */
export const lifecycleSchema = z
  .strictObject({
    name: z.string().regex(lifecycleName),
    stages: z
      .array(stage)
      .min(1)
      .max(maxStages)
      .meta({ description: 'Read from the top: the first whose condition holds is the customer\u2019s.' }),
    exclude: z
      .array(rule)
      .max(maxExclusions)
      .exactOptional()
      .meta({ description: 'Who stands in no stage. Only facts that time alone does not change.' }),
    adopt: z
      .enum(adoptions)
      .exactOptional()
      .meta({ description: 'When a proposed fit is taken over: on the 1st of the month, or never by itself.' }),
  })
  .meta({ id: 'Lifecycle' });
