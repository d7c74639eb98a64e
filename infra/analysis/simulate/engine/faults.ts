import { chanceOf } from './chance.ts';

/** What can go wrong. Each belongs to a family, and a seed draws which families it suffers from. */
export const faultFamilies = {
  crash: ['crash-before', 'crash-after'],
  error: ['error-before', 'error-after'],
  slow: ['stall'],
  stale: ['stale'],
  twice: ['twice'],
  late: ['late'],
  lost: ['lost'],
  mail: ['throttle', 'quota', 'timeout', 'timeout-accepted', 'reject'],
  skew: ['skew'],
  meanwhile: ['meanwhile'],
} as const;

export type FaultFamily = keyof typeof faultFamilies;
export type FaultKind = (typeof faultFamilies)[FaultFamily][number];
/** A fault at one place of one run: the n-th time something of this name happened. */
export type Fault = Readonly<{ place: string; kind: FaultKind }>;

/** Faults drawn by chance, or exactly these. */
export type FaultPlan =
  | Readonly<{ type: 'drawn'; seed: number; rates: Readonly<Partial<Record<FaultKind, number>>> }>
  | Readonly<{ type: 'listed'; faults: readonly Fault[] }>;

export type Faults = Readonly<{
  /** Names the next occasion of this name: the same one in every run in which it happens as often. */
  place(name: string): string;
  /** Which of these faults happens at a place, if any. */
  at(place: string, kinds: readonly FaultKind[]): FaultKind | undefined;
  fired: readonly Fault[];
  /** From here on nothing goes wrong. */
  stop(): void;
}>;

export const makeFaults = (plan: FaultPlan): Faults => {
  const counts = new Map<string, number>();
  const listed = new Map(plan.type === 'listed' ? plan.faults.map(({ place, kind }) => [place, kind]) : []);
  const fired: Fault[] = [];
  let stopped = false;
  const drawn = (place: string, kinds: readonly FaultKind[]): FaultKind | undefined => {
    if (plan.type === 'listed') return kinds.find((kind) => listed.get(place) === kind);
    return kinds.find((kind) => {
      const rate = plan.rates[kind] ?? 0;
      return rate > 0 && chanceOf(plan.seed, kind, place) < rate;
    });
  };
  return {
    fired,
    place(name) {
      const n = (counts.get(name) ?? 0) + 1;
      counts.set(name, n);
      return `${name} #${n}`;
    },
    at(place, kinds) {
      const kind = stopped ? undefined : drawn(place, kinds);
      if (kind !== undefined) fired.push({ place, kind });
      return kind;
    },
    stop: () => {
      stopped = true;
    },
  };
};
