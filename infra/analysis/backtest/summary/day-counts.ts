import { sendMoves, visitMoves } from '../../../../shared/adapters/counter-moves.ts';
import { days, type EpochMs, utcDay } from '../../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';

/** A UTC day: who stood where at its end, and what went out in it. */
export type DayCounts = Readonly<{
  day: string;
  stages: Readonly<Record<string, number>>;
  sends: Readonly<Record<string, number>>;
}>;

/** Counts by day, moved by the very counters the system keeps: a stage's running sum is its population. */
export const dayCounter = () => {
  const moves = new Map<string, Map<string, Map<string, number>>>();
  const move = (what: string, day: string, name: string, by: number): void => {
    const names = moves.get(what) ?? new Map<string, Map<string, number>>();
    moves.set(what, names);
    const byDay = names.get(name) ?? new Map<string, number>();
    names.set(name, byDay);
    byDay.set(day, (byDay.get(day) ?? 0) + by);
  };
  return {
    add: ({ visits, sends }: CustomerFile): void => {
      for (const visit of visits) for (const { what, day, name, by } of visitMoves(visit)) move(what, day, name, by);
      for (const send of sends)
        for (const { what, day, name, by } of sendMoves(undefined, send)) move(what, day, name, by);
    },
    /** Every day from the first to the last, those on which nothing happened among them. */
    days: (
      from: EpochMs,
      to: EpochMs,
      stages: readonly string[],
      campaigns: readonly string[],
    ): readonly DayCounts[] => {
      const stageMoves = moves.get('stage');
      const present = new Map(stages.map((stage) => [stage, 0]));
      return daysBetween(from, to).map((day) => {
        for (const stage of stages)
          present.set(stage, (present.get(stage) ?? 0) + (stageMoves?.get(stage)?.get(day) ?? 0));
        const sent = campaigns.map((id) => [id, moves.get(`send:${id}`)?.get('sent')?.get(day) ?? 0] as const);
        return { day, stages: Object.fromEntries(present), sends: Object.fromEntries(sent.filter(([, n]) => n > 0)) };
      });
    },
  };
};

const daysBetween = (from: EpochMs, to: EpochMs): readonly string[] => {
  const all: string[] = [];
  for (let at = Date.parse(utcDay(from)); at <= to; at += days(1)) all.push(utcDay(at));
  return all;
};
