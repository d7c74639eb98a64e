import * as z from 'zod';
import type { StageId } from '../../../shared/domain/customers/customer.ts';
import { toIso, utcDay } from '../../../shared/domain/time.ts';
import type { Counters } from '../../../shared/ports/store-settings.ts';
import { anyRole } from '../caller.ts';
import { instant } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { daysBetween, periodOf, periodParameters } from './report-period.ts';

type DayCounts = Awaited<ReturnType<Counters['read']>>;
type Population = Readonly<Record<StageId, number>>;

const plus = (population: Population, changes: Population): Population => {
  const sum = { ...population };
  for (const [stage, change] of Object.entries(changes)) sum[stage] = (sum[stage] ?? 0) + change;
  return sum;
};

/** Populations at the end of each day: the daily moves, summed from the store's first day on. */
export const populationByDay = (
  moves: DayCounts,
  stageIds: readonly StageId[],
  from: string,
  to: string,
): readonly Readonly<{ day: string; stages: Population }>[] => {
  const nobody: Population = Object.fromEntries(stageIds.map((stage) => [stage, 0]));
  const before = moves.filter(({ day }) => day < from).reduce((sum, { counts }) => plus(sum, counts), nobody);
  const byDay = new Map(moves.map(({ day, counts }) => [day, counts]));
  let standing = before;
  return daysBetween(from, to).map((day) => {
    standing = plus(standing, byDay.get(day) ?? {});
    return { day, stages: standing };
  });
};

const response = z.object({
  stages: z.array(z.object({ id: z.string(), customers: z.number().int() })).meta({
    description: 'Customers in each stage at the end of the period, from the top of the lifecycle',
  }),
  byDay: z.array(z.object({ day: z.iso.date(), stages: z.record(z.string(), z.number().int()) })),
  marks: z
    .array(z.object({ at: instant, lifecycle: z.number().int(), fit: z.number().int() }))
    .meta({ description: 'When other versions were taken over: what moves then is no change of the customers' }),
});

export const stageReport = defineRoute({
  method: 'GET',
  path: '/v1/reports/stages',
  operationId: 'getStageReport',
  summary: 'Where the customers stand, now and at the end of each UTC day',
  roles: anyRole,
  query: z.strictObject(periodParameters),
  body: noBody,
  response,
  async run(deps, { store, query, now }) {
    const period = periodOf(query, store.createdAt, now);
    if (period.type === 'problem') return period;
    const first = utcDay(Math.min(store.createdAt, now));
    const { lifecycle } = await deps.definitions.adopted(store, now);
    const stageIds = lifecycle.stages.map(({ id }) => id);
    const moves = await deps.counters.read(store.id, 'stage', first, period.to);
    const byDay = populationByDay(moves, stageIds, period.from, period.to);
    const adoptions = await deps.definitions.adoptions(store.id);
    const last = byDay.at(-1)?.stages ?? {};
    return ok({
      stages: Object.entries(last)
        .filter(([id, customers]) => customers !== 0 || stageIds.includes(id))
        .map(([id, customers]) => ({ id, customers })),
      byDay: byDay.map(({ day, stages }) => ({ day, stages: { ...stages } })),
      marks: adoptions
        .filter(({ at }) => utcDay(at) >= period.from && utcDay(at) <= period.to)
        .map(({ at, lifecycle: version, fit }) => ({ at: toIso(at), lifecycle: version, fit })),
    });
  },
});
