import { deepStrictEqual } from 'node:assert/strict';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { stageAndWake, type TimedMove } from '../../../shared/domain/lifecycle/stage-of.ts';
import type { Benchmark, Row } from '../measure/benchmark.ts';
import { interleaved, type Side } from '../measure/interleave.ts';
import { speedRow } from '../measure/speed-row.ts';
import { byHand } from './by-hand.ts';
import { byRulesEngine } from './rules-engine.ts';
import { type Decision, decisionsUnder, fits } from './subjects.ts';

type Answer = Readonly<{ stage: string; wake: TimedMove | undefined }>;
type Decide = (decision: Decision) => Answer;

/** Goes round the decisions for ever; the instants add up, so that no decision can be left out. */
const sideOf = (decisions: readonly Decision[], decide: Decide): Side => {
  let place = 0;
  let sum = 0;
  return (times) => {
    for (let n = 0; n < times; n++) {
      const decision = decisions[place++ % decisions.length];
      if (decision === undefined) continue;
      const { stage, wake } = decide(decision);
      sum = (sum + stage.length + (wake?.at ?? 0)) % 1_000_003;
    }
    if (Number.isNaN(sum)) throw new Error('unreachable');
  };
};

const engineSide = (decisions: readonly Decision[], engine: ReturnType<typeof byRulesEngine>): Side => {
  let place = 0;
  return async (times) => {
    for (let n = 0; n < times; n++) {
      const decision = decisions[place++ % decisions.length];
      if (decision === undefined) continue;
      await engine.stageOf(decision.subject, decision.now);
      await engine.wakeAt(decision.subject, decision.now);
    }
  };
};

const compareUnder = async (name: string, fit: Fit): Promise<readonly Row[]> => {
  const decisions = decisionsUnder(fit);
  const hand = byHand(fit);
  const engine = byRulesEngine(fit);
  const ours: Decide = ({ subject, now }) => stageAndWake(ecommerce, subject, now);
  const limit: Decide = ({ subject, now }) => ({ stage: hand.stageOf(subject, now), wake: hand.wakeAt(subject, now) });
  for (const decision of decisions) {
    const { subject, now } = decision;
    const answer = ours(decision);
    deepStrictEqual(limit(decision), answer);
    deepStrictEqual({ stage: await engine.stageOf(subject, now), wake: await engine.wakeAt(subject, now) }, answer);
  }
  const oursSide = sideOf(decisions, ours);
  const each = 'a decision';
  return [
    speedRow(`stage/by hand, ${name} fit`, await interleaved(oursSide, sideOf(decisions, limit)), {
      each,
      scale: 'ns',
      aim: { atLeast: 1 / 3 },
    }),
    speedRow(`stage/json-rules-engine, ${name} fit`, await interleaved(oursSide, engineSide(decisions, engine)), {
      each,
      scale: 'ns',
      aim: { atLeast: 100 },
    }),
  ];
};

/** Stage and wake under the lifecycle every store begins with. */
export const stage: Benchmark = {
  name: 'stage',
  about: 'stage and next wake of a customer, against json-rules-engine and against the same rules written by hand',
  run: async ({ note }) => {
    const rows = [...(await compareUnder('prior', fits.prior)), ...(await compareUnder('store', fits.fitted))];
    note('all three agreed on the stage and the wake of every customer before anything was measured');
    return rows;
  },
};
