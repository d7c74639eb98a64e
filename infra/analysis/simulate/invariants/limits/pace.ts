import { hourOf } from '../../../../../shared/domain/pace/mail-health.ts';
import { warmupAllowance } from '../../../../../shared/domain/pace/pace.ts';
import { type DurationMs, days, seconds, toIso } from '../../../../../shared/domain/time.ts';
import type { Finished } from '../../run-scenario.ts';
import { behindMs, reservationsIn } from './reservations.ts';

const windowMs: DurationMs = seconds(30);
/** A block may be used for two seconds, and clocks differ by four. */
const slackMs: DurationMs = seconds(6);
/** Containers with a block of tokens that is counted and not used yet, or used and not counted yet. */
const inFlight = 16;

/** Tokens are handed out at the account's rate, and marketing leaves a twentieth of the day to answers. */
export const pace = ({ scenario: { account }, system: { grants, takenAt } }: Finished): readonly string[] => [
  ...grants.flatMap(({ at }, n) => {
    const within = grants.slice(0, n + 1).filter((one) => one.at > at - windowMs).length;
    const allowed = (account.perSecond * (windowMs + slackMs)) / seconds(1) + Math.max(1, account.perSecond / 5);
    return within > allowed ? [`${within} tokens in 30 s until ${toIso(at)}, at ${account.perSecond} a second`] : [];
  }),
  ...grants.flatMap((grant) => {
    if (grant.class === 'transactional') return [];
    const sent = takenAt.filter((at) => at > grant.at - days(1) && at < grant.at).length;
    return sent >= account.perDay * 0.95 + inFlight
      ? [`a token for marketing at ${toIso(grant.at)} after ${sent} of ${account.perDay} mails of the day`]
      : [];
  }),
];

/** What left in the last 24 hours, counted by the hour, keeps to the day of the ramp. */
export const warmup = (run: Finished): readonly string[] => {
  const { warmupFrom } = run.scenario.store;
  if (warmupFrom === undefined) return [];
  return reservationsIn(run).flatMap(({ send, at }) => {
    const allowance = warmupAllowance(warmupFrom, at);
    const sent = sentBy(run, at - behindMs, hourOf(at - days(1)));
    return allowance !== undefined && sent >= allowance
      ? [`${send.campaign} was reserved at ${toIso(at)} after ${sent} of ${allowance} mails of the warm-up`]
      : [];
  });
};

const sentBy = ({ table, scenario }: Finished, by: number, fromHour: string): number => {
  const hours = new Map<string, number>();
  const prefix = `S#${scenario.store.id}#N#health#`;
  for (const { at, after } of table.commits) {
    if (at > by) break;
    if (after.entity === 'COUNT' && after.key.pk.startsWith(prefix))
      hours.set(after.key.pk.slice(prefix.length, prefix.length + 13), after.value['sent'] ?? 0);
  }
  return [...hours].reduce((sum, [hour, sent]) => (hour > fromHour ? sum + sent : sum), 0);
};
