import * as z from 'zod';
import { type Condition, ops } from '../condition.ts';
import { maxListed, topShares } from './condition-limits.ts';

const scalar = z.union([z.string().max(200), z.number(), z.boolean()]);

const topShare = z
  .strictObject({ top: z.literal([...topShares]), of: z.literal('repeat') })
  .meta({ description: 'Among the best share of repeat customers, with orders.last12Months.' });

const leaf = z
  .strictObject({
    fact: z.string().max(60),
    op: z.enum(ops),
    value: z.union([scalar, z.array(scalar).min(1).max(maxListed), topShare]).exactOptional(),
  })
  .meta({
    description:
      'Shares as fractions (0.75), money in major units, lengths of time as 30d, dates as 2026-01-31. A date compared with a length of time is compared by its age: gte 30d = within 30 days.',
  });

/** The data form of a condition, as the API takes it. What facts, comparisons and values go together is `checkCondition`'s to say. */
export const conditionSchema: z.ZodType<Condition> = z
  .union([
    leaf,
    z.strictObject({
      get all() {
        return z.array(conditionSchema).min(1);
      },
    }),
    z.strictObject({
      get any() {
        return z.array(conditionSchema).min(1);
      },
    }),
    z.strictObject({
      get not() {
        return conditionSchema;
      },
    }),
  ])
  .meta({ id: 'Condition' });
