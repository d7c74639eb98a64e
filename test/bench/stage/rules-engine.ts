import { Engine, type RuleProperties } from 'json-rules-engine';
import type { Subject } from '../../../shared/domain/facts/subject.ts';
import { curveFor, type Fit } from '../../../shared/domain/fit/fit.ts';
import { silenceDays } from '../../../shared/domain/fit/silence/silence-curve.ts';
import type { TimedMove } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';

/*
 * The peer: the same nine stages as rules of json-rules-engine, first match by priority, as its documentation says. It has no
 * idea of silence or of time, so it is given both ready-made: thresholds of the customer's band are resolved beforehand,
 * and for the wake it is asked again at every instant at which a fact of the rules moves, in order, until the stage changes.
 */

const silent = (share: 75 | 90 | 98) => ({
  fact: 'silentMs',
  operator: 'greaterThanInclusive',
  value: { fact: `silentMs${share}` },
});
const orders = (operator: string, value: number) => ({ fact: 'orders', operator, value });

const stages: readonly Readonly<{ id: string; all: RuleProperties['conditions'] }>[] = [
  { id: 'lead', all: { all: [{ fact: 'placed', operator: 'equal', value: 0 }] } },
  { id: 'lost', all: { all: [silent(98), { fact: 'silentMs', operator: 'greaterThan', value: days(120) }] } },
  { id: 'one_time', all: { all: [orders('lessThanInclusive', 1), silent(75)] } },
  { id: 'lapsed', all: { all: [silent(90)] } },
  { id: 'at_risk', all: { all: [silent(75)] } },
  {
    id: 'won_back',
    all: { all: [{ fact: 'endedMs', operator: 'greaterThanInclusive', value: { fact: 'endedMs90' } }] },
  },
  {
    id: 'loyal',
    all: {
      all: [
        orders('greaterThanInclusive', 3),
        { fact: 'rank', operator: 'greaterThanInclusive', value: { fact: 'topRank' } },
      ],
    },
  },
  { id: 'active', all: { all: [orders('greaterThanInclusive', 2)] } },
];

const makeEngine = (): Engine => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const [place, { id, all }] of stages.entries())
    engine.addRule({
      conditions: all,
      event: { type: id },
      priority: stages.length - place,
      onSuccess: () => void engine.stop(),
    });
  return engine;
};

const yearMs = days(365);

type Thresholds = Readonly<{ silentMs75: number; silentMs90: number; silentMs98: number }>;

const thresholdsUnder = (fit: Fit): readonly Thresholds[] =>
  fit.curves.map((curve) => ({
    silentMs75: days(silenceDays(curve, 0.75)),
    silentMs90: days(silenceDays(curve, 0.9)),
    silentMs98: days(silenceDays(curve, 0.98)),
  }));

/** A decision and its wake by json-rules-engine, under one fit. */
export const byRulesEngine = (fit: Fit) => {
  const engine = makeEngine();
  const bands = thresholdsUnder(fit);
  const bandOf = (count: number): Thresholds => {
    const band = bands[fit.curves.indexOf(curveFor(fit, count))];
    if (band === undefined) throw new Error('a fit has three curves');
    return band;
  };
  const leastOften = fit.topLast12Months?.find(({ top }) => top === 0.25)?.orders;

  const factsAt = ({ history }: Subject, at: EpochMs): Record<string, number | undefined> => {
    const { lastAt, previousAt } = history;
    const inYear = lastAt === undefined ? 0 : [...history.recent, lastAt].filter((start) => start > at - yearMs).length;
    return {
      placed: history.placed,
      orders: history.orders,
      ...(lastAt !== undefined && { silentMs: Math.max(0, at - lastAt) }),
      ...bandOf(history.orders),
      ...(lastAt !== undefined && previousAt !== undefined && { endedMs: lastAt - previousAt }),
      endedMs90: bandOf(history.orders - 1).silentMs90,
      rank: leastOften === undefined ? history.orders : inYear,
      topRank: leastOften ?? 4,
    };
  };

  const stageOf = async (subject: Subject, at: EpochMs): Promise<string> =>
    (await engine.run(factsAt(subject, at))).events[0]?.type ?? 'new';

  const turnsAfter = ({ history: { lastAt, orders: count, recent } }: Subject, now: EpochMs): readonly EpochMs[] => {
    if (lastAt === undefined) return [];
    const { silentMs75, silentMs90, silentMs98 } = bandOf(count);
    const silences = [silentMs75, silentMs90, silentMs98, days(120) + 1].map((ms) => lastAt + ms);
    const steps = leastOften === undefined ? [] : [...recent, lastAt].map((start) => start + yearMs);
    return [...new Set([...silences, ...steps])].filter((at) => at > now).sort((a, b) => a - b);
  };

  return {
    stageOf,
    wakeAt: async (subject: Subject, now: EpochMs): Promise<TimedMove | undefined> => {
      const present = await stageOf(subject, now);
      for (const at of turnsAfter(subject, now)) {
        const stage = await stageOf(subject, at);
        if (stage !== present) return { at, stage };
      }
      return undefined;
    },
  };
};
