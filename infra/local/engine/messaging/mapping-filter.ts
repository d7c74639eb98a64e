import * as z from 'zod';
import { compilePattern, type Matches } from './event-pattern.ts';

export const filterCriteria = z.object({ Filters: z.array(z.object({ Pattern: z.string() })) });

/** A mapping's filters: any one of them lets the record through; none at all lets everything through. */
export const compileFilters = (criteria: z.infer<typeof filterCriteria> | undefined): Matches => {
  const patterns = (criteria?.Filters ?? []).map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));
  return patterns.length === 0 ? () => true : (record) => patterns.some((matches) => matches(record));
};
