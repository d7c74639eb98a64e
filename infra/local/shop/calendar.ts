import { days, type EpochMs, hours } from '../../../shared/domain/time.ts';
import { instantOf, localTimeAt } from '../orders/zone-time.ts';
import { pick, type Random } from './random.ts';

/** How busy each month is against the average, January first: quiet after Christmas, a long run-up to it. */
const monthWeights = [0.75, 0.85, 0.9, 0.95, 1, 0.95, 0.85, 0.85, 0.95, 1.05, 1.5, 1.5];
/** Sunday first: people browse at the weekend. */
const weekdayWeights = [1.25, 0.95, 0.9, 0.9, 0.95, 0.95, 1.1];
/** By local hour: little at night, a lunch break, a long evening. */
const hourWeights = [2, 1, 1, 1, 1, 2, 4, 8, 12, 16, 18, 20, 24, 22, 18, 17, 18, 20, 24, 30, 34, 32, 22, 10];

/** How busy the shop is on the (UTC) day of the instant, average 1. */
export const busyness = (at: EpochMs): number => {
  const date = new Date(at);
  return (monthWeights[date.getUTCMonth()] ?? 1) * (weekdayWeights[date.getUTCDay()] ?? 1);
};

/** The instant at which `effort` average shop days have passed since `from`: time runs faster on busy days. */
export const afterBusyDays = (from: EpochMs, effort: number): EpochMs => {
  let at = from;
  let left = effort;
  for (;;) {
    const today = busyness(at);
    if (left <= today) return at + days(left / today);
    left -= today;
    at += days(1);
  }
};

/** The same day, at an hour at which people in that zone buy; never before `notBefore`. */
export const atShoppingHour = (random: Random, at: EpochMs, zone: string, notBefore: EpochMs): EpochMs => {
  const hour = pick(
    random,
    hourWeights.map((weight, index) => [index, weight] as const),
  );
  const minute = Math.floor(random() * 60);
  const second = Math.floor(random() * 60);
  const chosen = instantOf(zone, { ...localTimeAt(zone, at), hour, minute, second });
  return chosen >= notBefore ? chosen : Math.max(at, notBefore + hours(random()));
};
