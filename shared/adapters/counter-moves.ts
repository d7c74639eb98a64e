import type { Visit } from '../domain/customers/visit.ts';
import { type HourCounts, hourOf } from '../domain/pace/mail-health.ts';
import { isClosed, type Send } from '../domain/sends/send.ts';
import { type EpochMs, utcDay } from '../domain/time.ts';

/** One step of one named number of a counter; `day` names its row, and is an hour where the counter is hourly. */
export type CounterMove = Readonly<{ what: string; day: string; name: string; by: number }>;

/** Counter of customers entering and leaving stages: its running sum is the population. */
const stageCounter = 'stage';
const sendCounter = (campaign: string): string => `send:${campaign}`;

/** A visit moves one customer from one stage to another on the day it was decided. */
export const visitMoves = ({ stage, from, decidedAt }: Visit): readonly CounterMove[] => {
  const day = utcDay(decidedAt);
  const arrival = { what: stageCounter, day, name: stage, by: 1 };
  if (from === stage) return [];
  return from === undefined ? [arrival] : [arrival, { what: stageCounter, day, name: from, by: -1 }];
};

const closing = ({ campaign, state }: Send): CounterMove | undefined => {
  const what = sendCounter(campaign);
  switch (state.status) {
    case 'sent':
      return { what, day: utcDay(state.sentAt), name: 'sent', by: 1 };
    case 'skipped':
    case 'failed':
      return { what, day: utcDay(state.closedAt), name: `${state.status}:${state.reason}`, by: 1 };
    case 'abandoned':
      return { what, day: utcDay(state.closedAt), name: 'abandoned', by: 1 };
    default:
      return undefined;
  }
};

/**
 * What a send moves between two of its states: nothing while open or when only feedback changed, one up when it closes,
 * and one down as well when a late event corrects how it had closed (abandoned, then seen sent).
 */
export const sendMoves = (before: Send | undefined, after: Send): readonly CounterMove[] => {
  if (before && isClosed(before) && before.state.status === after.state.status) return [];
  const was = before && closing(before);
  const is = closing(after);
  return [...(is ? [is] : []), ...(was ? [{ ...was, by: -1 }] : [])];
};

/** Counter of what became of mails, by the hour. */
export const healthCounter = 'health';

/** What SES said of a mail for the first time. */
export type BadNews = Readonly<{ type: 'bounced' | 'complained'; at: EpochMs }>;

/** Bad news counts once, by the write that first told it. */
export const newsMoves = (news: BadNews | undefined): readonly CounterMove[] =>
  news === undefined ? [] : [healthMove(news.type, news.at)];

/**
 * A mail counts as sent when it first is. Counted after the write and not with it: what bad news is measured against may be
 * one too few after a crash, which errs on the strict side and costs half.
 */
export const sentMove = (before: Send | undefined, { state }: Send): CounterMove | undefined =>
  state.status === 'sent' && before?.state.status !== 'sent' ? healthMove('sent', state.sentAt) : undefined;

const healthMove = (name: string, at: EpochMs): CounterMove => ({ what: healthCounter, day: hourOf(at), name, by: 1 });

/** A row of that counter, read back. */
export const hourCounts = (hour: string, counts: Readonly<Record<string, number>>): HourCounts => ({
  hour,
  sent: counts['sent'] ?? 0,
  bounced: counts['bounced'] ?? 0,
  complained: counts['complained'] ?? 0,
});
