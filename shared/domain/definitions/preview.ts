import type { Campaign, CampaignId } from '../campaigns/campaign.ts';
import { leavesOf } from '../conditions/leaves.ts';
import type { StageId } from '../customers/customer.ts';
import { excludedStage, standsOutside } from '../customers/excluded.ts';
import type { Subject } from '../facts/subject.ts';
import { type DaysOfShare, daysOfShares } from '../fit/days-of-share.ts';
import type { Fit } from '../fit/fit.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { stageOf } from '../lifecycle/stage-of.ts';
import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** Definitions side by side: what holds, and what would. */
export type Change = Readonly<{
  before: Readonly<{ lifecycle: Lifecycle; fit: Fit }>;
  after: Readonly<{ lifecycle: Lifecycle; fit: Fit }>;
}>;

/** A share the lifecycle asks for, in days of silence for each band, before and after. */
export type ThresholdChange = Readonly<{ share: number; before: DaysOfShare['days']; after: DaysOfShare['days'] }>;

/** What would change, in days and people, before anything does. */
export type Preview = Readonly<{
  /** Customers asked: a hash sample where there are many. */
  asked: number;
  thresholds: readonly ThresholdChange[];
  /** Customers standing in each stage afterwards, of those asked. */
  stages: readonly Readonly<{ id: StageId; customers: number }>[];
  /** Most first. */
  moves: readonly Readonly<{ from: StageId; to: StageId; customers: number }>[];
  /** Active campaigns that wait for stages the lifecycle would not have. */
  silentCampaigns: readonly Readonly<{ campaign: CampaignId; stages: readonly StageId[] }>[];
}>;

/** Shares of silence a lifecycle names, ascending. */
export const sharesNamed = ({ stages }: Lifecycle): readonly number[] => {
  const shares = stages
    .flatMap(({ when }) => (when === undefined ? [] : leavesOf(when)))
    .flatMap(({ fact, value }) =>
      (fact === 'silence' || fact === 'lastOrder.endedSilence') && typeof value === 'number' ? [value] : [],
    );
  return [...new Set(shares)].sort((a, b) => a - b);
};

/** Answers what publishing would do to the customers asked. Changes nothing. */
export const previewOf = (
  { before, after }: Change,
  store: Pick<StoreSettings, 'exclude'>,
  campaigns: readonly Campaign[],
  subjects: readonly Omit<Subject, 'fit'>[],
  now: EpochMs,
): Preview => {
  const stood = subjects.map((subject) => standingUnder(before, store, { ...subject, fit: before.fit }, now));
  const stands = subjects.map((subject) => standingUnder(after, store, { ...subject, fit: after.fit }, now));
  return {
    asked: subjects.length,
    thresholds: thresholdChanges(before, after),
    stages: [...after.lifecycle.stages.map(({ id }) => id), excludedStage].map((id) => ({
      id,
      customers: stands.filter((stage) => stage === id).length,
    })),
    moves: movesOf(stood, stands),
    silentCampaigns: silentUnder(after.lifecycle, campaigns),
  };
};

const standingUnder = (
  { lifecycle }: Change['before'],
  store: Pick<StoreSettings, 'exclude'>,
  subject: Subject,
  now: EpochMs,
): StageId => (standsOutside(subject, store, lifecycle) ? excludedStage : stageOf(lifecycle, subject, now));

const thresholdChanges = (before: Change['before'], after: Change['after']): readonly ThresholdChange[] => {
  const shares = [...new Set([...sharesNamed(before.lifecycle), ...sharesNamed(after.lifecycle)])].sort(
    (a, b) => a - b,
  );
  const later = daysOfShares(after.fit, shares);
  return daysOfShares(before.fit, shares).map(({ share, days }, n) => ({
    share,
    before: days,
    after: later[n]?.days ?? days,
  }));
};

const movesOf = (stood: readonly StageId[], stands: readonly StageId[]): Preview['moves'] => {
  const counts = new Map<string, { from: StageId; to: StageId; customers: number }>();
  for (const [n, from] of stood.entries()) {
    const to = stands[n] ?? from;
    if (from === to) continue;
    const move = counts.get(`${from}>${to}`) ?? { from, to, customers: 0 };
    move.customers += 1;
    counts.set(`${from}>${to}`, move);
  }
  return [...counts.values()].sort((a, b) => b.customers - a.customers);
};

const silentUnder = ({ stages }: Lifecycle, campaigns: readonly Campaign[]): Preview['silentCampaigns'] => {
  const known = new Set(stages.map(({ id }) => id));
  return campaigns.flatMap(({ id, trigger }) => {
    if (trigger.type !== 'enters') return [];
    const missing = known.has(trigger.stage) ? [] : [trigger.stage];
    const nowhere = trigger.from?.every((stage) => !known.has(stage)) ? trigger.from : [];
    return missing.length + nowhere.length === 0 ? [] : [{ campaign: id, stages: [...missing, ...nowhere] }];
  });
};
