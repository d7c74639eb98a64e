import { excludedStage } from '../../shared/domain/customers/excluded.ts';
import { firstAdoption } from '../../shared/domain/definitions/adoption.ts';
import { adopts, movesBetween } from '../../shared/domain/definitions/adopts.ts';
import type { Rebase } from '../../shared/domain/definitions/rebase.ts';
import { type Fit, priorFit } from '../../shared/domain/fit/fit.ts';
import { nightOfMonth } from '../../shared/domain/fit/fit-is-due.ts';
import { fitStore, type StoreFit } from '../../shared/domain/fit/fit-store.ts';
import { isSameFit } from '../../shared/domain/fit/is-same-fit.ts';
import { currencyExponent } from '../../shared/domain/orders/money.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { StoreDefinitions } from '../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { rebaseWhereOwed } from '../definitions/rebase-where-owed.ts';
import { proposeFit, takeOver } from '../definitions/take-over.ts';
import { type Drawn, drawSample } from '../sample/draw-sample.ts';
import { loadSample, type Progress, type Sampled } from '../sample/load-sample.ts';
import type { FitDeps } from './fit-deps.ts';

/** Customers a fit is made from, at most. */
const wantedCustomers = 20_000;

/** How a fit compares with what decisions are taken under. */
type Comparison = Readonly<{
  /** What decisions were taken under when it was made. */
  before: Fit;
  made: StoreFit;
  /** Customers of the store, about. */
  total: number;
  /** Of `asked` customers, those who would stand elsewhere under the new fit. */
  asked: number;
  moves: number;
}>;

/** What became of it. A fit that says the same as the one in force is kept, so that the next night knows of it, and not taken over. */
export type FitOutcome = Comparison &
  Readonly<
    | { type: 'unchanged' }
    | { type: 'proposed'; why: 'not-yet' | 'never' }
    | { type: 'adopted'; why: 'first-of-month' | 'many-move' | 'asked'; rebase?: Rebase }
    | { type: 'overtaken' }
  >;

export type FitRequest = Readonly<{
  now: EpochMs;
  /** Takes it over at once, whatever the day. */
  adopt?: boolean;
  progress?: Progress;
}>;

/**
 * Makes a store's fit from a sample of its customers, keeps it as the next version, and takes it over or proposes it.
 * Each step is safe to repeat: of two runs at once one saves, and the other is told it was overtaken.
 */
export const makeFit = async (deps: FitDeps, store: StoreSettings, request: FitRequest): Promise<FitOutcome> => {
  const drawn = await drawSample(deps.roll, store.id, {
    wanted: wantedCustomers,
    keep: ({ stage }) => stage !== excludedStage,
  });
  const sample = await loadSample(deps.customers, store, drawn.customers, request.progress);
  return settleFit(deps, store, { sample, drawn }, request);
};

const settleFit = async (
  deps: FitDeps,
  store: StoreSettings,
  { sample, drawn }: Readonly<{ sample: readonly Sampled[]; drawn: Drawn }>,
  request: FitRequest,
): Promise<FitOutcome> => {
  const { now } = request;
  const present = (await deps.definitions.adoption(store.id)) ?? firstAdoption;
  const before = await deps.definitions.adopted(store, now, present);
  const newest = await deps.definitions.newestFit(store.id);
  const made = fitStore({
    series: sample.flatMap(({ series }) => (series.length === 0 ? [] : [series])),
    asOf: now,
    prior: priorFit(store.rhythm),
    horizonDays: store.horizonDays,
    minorPerMajor: 10 ** currencyExponent(store.currency),
    version: Math.max(newest?.fit.version ?? 0, present.fit) + 1,
  });
  const comparison = { before: before.fit, made, total: drawn.total, ...movesUnder(before, made.fit, sample, now) };
  const saved = { fit: made.fit, madeAt: now, customers: made.customers, flags: made.flags };
  if ((await deps.definitions.saveFit(store.id, saved)).type === 'stale') return { ...comparison, type: 'overtaken' };
  if (isSameFit(before.fit, made.fit)) {
    await rebaseWhereOwed(deps, store, { now, total: async () => comparison.total });
    return { ...comparison, type: 'unchanged' };
  }
  return adoptOrPropose(deps, store, { before, comparison }, request);
};

const movesUnder = (before: StoreDefinitions, fit: Fit, sample: readonly Sampled[], now: EpochMs) => {
  const subjects = sample.map(({ subject }) => subject);
  const after = { lifecycle: before.lifecycle, fit };
  return { asked: subjects.length, moves: movesBetween(before, after, subjects, now).length };
};

const adoptOrPropose = async (
  deps: FitDeps,
  store: StoreSettings,
  { before, comparison }: Readonly<{ before: StoreDefinitions; comparison: Comparison }>,
  { now, adopt = false }: FitRequest,
): Promise<FitOutcome> => {
  const { lifecycle } = before;
  const { fit } = comparison.made;
  const day = nightOfMonth(now, store.timeZone);
  if (
    !adopt &&
    !adopts({ adopt: lifecycle.adopt, dayOfMonth: day, asked: comparison.asked, moves: comparison.moves })
  ) {
    await proposeFit(deps.definitions, store.id, fit.version);
    return { ...comparison, type: 'proposed', why: lifecycle.adopt === 'never' ? 'never' : 'not-yet' };
  }
  await takeOver(deps.definitions, store.id, { fit: fit.version }, now);
  const why = adopt ? 'asked' : day === 1 ? 'first-of-month' : 'many-move';
  const rebase = await rebaseWhereOwed(deps, store, { now, total: async () => comparison.total });
  return rebase === undefined
    ? { ...comparison, type: 'adopted', why }
    : { ...comparison, type: 'adopted', why, rebase };
};
