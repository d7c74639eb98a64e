import type { Profile } from '../../../../shared/domain/customers/profile.ts';
import { zonesOf } from '../../../../shared/domain/guardrails/time-zones.ts';
import { type DurationMs, days, type EpochMs, hours, minutes, toIso } from '../../../../shared/domain/time.ts';
import type { RecordedTable } from '../engine/recorded-table.ts';
import type { Finished } from '../run-scenario.ts';
import { marketingMails, sendsIn } from './rows.ts';

/** A decision is at most a function's time and a stalled call older than the acceptance that follows from it. */
const toleranceMs: DurationMs = minutes(4);

/** By address: two accounts of one person are one person. */
export const caps = (run: Finished): readonly string[] => {
  const sends = new Map(sendsIn(run.table).map((send) => [send.sendId, send]));
  const byAddress = Map.groupBy(marketingMails(run), ({ mail }) => mail.to);
  return [...byAddress.values()].flatMap((mails) =>
    mails.flatMap(({ at, mail }, n) => {
      const before = mails.slice(0, n).map((one) => one.at);
      const within = (windowMs: DurationMs) => before.filter((then) => then > at - windowMs + toleranceMs).length;
      if (within(hours(20)) > 0)
        return [`${mail.tags['campaign']} left at ${toIso(at)}, less than 20 hours after another`];
      const isOwnAct = sends.get(mail.sendId)?.byOwnAct === true;
      return !isOwnAct && within(days(7)) > 2
        ? [`${mail.tags['campaign']} left at ${toIso(at)}, the fourth in a week`]
        : [];
    }),
  );
};

export const quietHours = (run: Finished): readonly string[] => {
  const { scenario } = run;
  const profiles = profilesIn(run.table);
  return marketingMails(run).flatMap(({ at, mail }) => {
    const known = profiles.get(mail.tags['customer'] ?? '') ?? [];
    const isNight = known.every((profile) =>
      zonesOf(profile, scenario.store.timeZone).some((zone) => isQuiet(at, zone)),
    );
    return isNight ? [`${mail.tags['campaign']} left at ${toIso(at)}, in quiet hours`] : [];
  });
};

/** A profile changes while a mail waits: it has to be day under one that the customer had. */
const profilesIn = (table: RecordedTable): ReadonlyMap<string, readonly Profile[]> => {
  const profiles = new Map<string, Profile[]>();
  for (const { after } of table.commits)
    if (after.entity === 'CUSTOMER' && after.value.erasedAt === undefined)
      profiles.set(after.value.customerId, [...(profiles.get(after.value.customerId) ?? []), after.value.profile]);
  return profiles;
};

const formats = new Map<string, Intl.DateTimeFormat>();

const localHour = (at: EpochMs, timeZone: string): number => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  formats.set(timeZone, format);
  return Number(format.format(at));
};

/** 21:00 to 08:00, here and a moment ago: what was decided within the hours may leave just after them. */
const isQuiet = (at: EpochMs, zone: string): boolean =>
  [at, at - toleranceMs, at + toleranceMs].every((then) => {
    const hour = localHour(then, zone);
    return hour >= 21 || hour < 8;
  });
