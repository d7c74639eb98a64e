import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

export type ClockTarget = { type: 'target'; at: number } | { type: 'refused'; detail: string };

const order = z.union([z.strictObject({ advance: z.string() }), z.strictObject({ to: z.string() })]);
const refused = (detail: string): ClockTarget => ({ type: 'refused', detail });
/** Past this JavaScript has no dates. */
const lastInstant = 8.64e15;

/** Where `{"advance": duration}` or `{"to": instant}` wants the clock; never back. */
export const clockTarget = (body: unknown, now: number): ClockTarget => {
  const parsed = order.safeParse(body);
  if (!parsed.success)
    return refused('the body must be {"advance": an ISO 8601 duration} or {"to": an RFC 3339 timestamp}');
  const at = 'to' in parsed.data ? instant(parsed.data.to) : afterDuration(parsed.data.advance, now);
  if (at === undefined || at > lastInstant)
    return refused(
      "'advance' must be an ISO 8601 duration such as P30D, 'to' a timestamp such as 2026-03-01T00:00:00Z",
    );
  return at < now ? refused(`the clock never goes back; it is ${new Date(now).toISOString()}`) : { type: 'target', at };
};

const instant = (text: string): number | undefined => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
};

/** Months and years are the calendar's, in UTC. */
const afterDuration = (text: string, now: number): number | undefined => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(Temporal.Duration.from(text))
      .epochMilliseconds;
  } catch {
    return undefined;
  }
};
