import type { StageId } from '../../../../shared/domain/customers/customer.ts';
import { excludedStage } from '../../../../shared/domain/customers/excluded.ts';
import { bringsMoney, netMinor } from '../../../../shared/domain/orders/counting.ts';
import { countingPolicy } from '../../../../shared/domain/store.ts';
import { days } from '../../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';
import { moveOf, type NextMove, type StageStanding } from '../../../local/start/summary/standing.ts';
import { fitOfVersion, type ReplayRules } from '../replay/replay-rules.ts';

/** A stage at the end, with all its customers ever brought beside what they did in the last year. */
export type StageCount = StageStanding & Readonly<{ revenueMinor: number }>;

type Moves = { fromDays: number; toDays: number; people: number; thisWeek: number };
type Growing = { people: number; netYearMinor: number; revenueMinor: number; moves: Map<StageId, Moves> };

const fresh = (): Growing => ({ people: 0, netYearMinor: 0, revenueMinor: 0, moves: new Map() });

/** Where everybody stands at the end of the replay, one customer after another. */
export const stageCounter = (rules: ReplayRules) => {
  const { store, lifecycle, asOf } = rules;
  const policy = countingPolicy(store);
  const stages = new Map<StageId, Growing>(lifecycle.stages.map(({ id }) => [id, fresh()]));

  const addMove = (moves: Growing['moves'], file: CustomerFile): void => {
    const { customer } = file;
    const fit = fitOfVersion(rules, customer?.decidedUnder.fit ?? 0);
    const move = customer === undefined ? undefined : moveOf(customer, { store, under: () => ({ lifecycle, fit }) });
    if (move === undefined) return;
    const known = moves.get(move.to) ?? { fromDays: move.afterDays, toDays: move.afterDays, people: 0, thisWeek: 0 };
    known.fromDays = Math.min(known.fromDays, move.afterDays);
    known.toDays = Math.max(known.toDays, move.afterDays);
    known.people += 1;
    if (move.at <= asOf + days(7)) known.thisWeek += 1;
    moves.set(move.to, known);
  };

  return {
    add: (file: CustomerFile): void => {
      const { customer, orderRows } = file;
      if (customer === undefined) return;
      const stage = stages.get(customer.stage) ?? fresh();
      stages.set(customer.stage, stage);
      stage.people += 1;
      stage.revenueMinor += customer.history.revenueMinor;
      for (const row of orderRows)
        if (row.placedAt > asOf - days(365) && bringsMoney(row, policy)) stage.netYearMinor += netMinor(row);
      addMove(stage.moves, file);
    },
    /** In the lifecycle's own order, those outside of it last. */
    counts: (): readonly StageCount[] => [...stages].map(([stage, growing]) => countOf(stage, growing)),
  };
};

const countOf = (stage: StageId, { people, netYearMinor, revenueMinor, moves }: Growing): StageCount => {
  const next = stage === excludedStage ? undefined : nextOf(moves);
  return { stage, people, netYearMinor, revenueMinor, ...(next === undefined ? {} : { next }) };
};

const nextOf = (moves: Growing['moves']): NextMove | undefined => {
  const [most] = [...moves].sort(([, a], [, b]) => b.people - a.people);
  if (most === undefined) return undefined;
  const [stage, { fromDays, toDays, thisWeek }] = most;
  return { stage, fromDays, toDays, thisWeek };
};
