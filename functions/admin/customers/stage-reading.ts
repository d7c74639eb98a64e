import { holds } from '../../../shared/domain/conditions/evaluate.ts';
import { conditionText } from '../../../shared/domain/conditions/language/condition-text.ts';
import type { Customer, DecidedUnder, StageId } from '../../../shared/domain/customers/customer.ts';
import { excludedStage, standsOutside } from '../../../shared/domain/customers/excluded.ts';
import type { FactValue } from '../../../shared/domain/facts/fact.ts';
import { factsAt } from '../../../shared/domain/facts/facts-at.ts';
import { subjectOf } from '../../../shared/domain/facts/subject.ts';
import { curveFor } from '../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { stageOf, wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { type StoreDefinitions, versionsOf } from '../../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { AdminDeps } from '../deps.ts';

/** What can be said about a customer's stage at an instant. */
export type StageReading = Readonly<{
  facts: Readonly<Record<string, FactValue>>;
  /** Name of the lifecycle decided under. */
  lifecycle: string;
  /** Every line of the lifecycle from the top, and whether it holds now: the first that does is the stage. */
  rules: readonly Readonly<{ stage: StageId; rule: string; holds: boolean }>[];
  /** The versions the next event or wake will decide under, and the stage they give now. */
  adopted: DecidedUnder & Readonly<{ stage: StageId }>;
  /** The line of the lifecycle that holds, as it reads in a definition file; `otherwise` for the last. */
  rule: string;
  /** The fact `silence` looks at customers who return within so many days. */
  silenceHorizonDays: number;
  /** What time alone will do next, if nothing else happens. */
  next?: Readonly<{ stage: StageId; at: EpochMs; rule: string }>;
}>;

const ruleOf = (lifecycle: Lifecycle, id: StageId): string => {
  const when = lifecycle.stages.find((stage) => stage.id === id)?.when;
  return when === undefined ? 'otherwise' : conditionText(when);
};

const stageUnder = (
  customer: Customer,
  store: StoreSettings,
  { lifecycle, fit }: Pick<StoreDefinitions, 'lifecycle' | 'fit'>,
  now: EpochMs,
): StageId => {
  const subject = subjectOf(customer, store, fit);
  return standsOutside(subject, store, lifecycle) ? excludedStage : stageOf(lifecycle, subject, now);
};

/**
 * Reads a stage under the versions it was decided under, because the wake stands under them too; where they are gone, under
 * the adopted ones.
 */
export const readStage = async (
  { definitions }: Pick<AdminDeps, 'definitions'>,
  customer: Customer,
  { store, now }: Readonly<{ store: StoreSettings; now: EpochMs }>,
): Promise<StageReading> => {
  const adopted = await definitions.adopted(store, now, customer.decidedUnder);
  const { lifecycle, fit } = (await definitions.versions(store, customer.decidedUnder)) ?? adopted;
  const subject = subjectOf(customer, store, fit);
  const next = wakeAt(lifecycle, subject, now);
  return {
    facts: factsAt(subject, now),
    lifecycle: lifecycle.name,
    rule: ruleOf(lifecycle, customer.stage),
    rules: lifecycle.stages.map(({ id, when }) => ({
      stage: id,
      rule: ruleOf(lifecycle, id),
      holds: when === undefined || holds(when, subject, now),
    })),
    adopted: { ...versionsOf(adopted), stage: stageUnder(customer, store, adopted, now) },
    silenceHorizonDays: curveFor(fit, customer.history.orders).horizonDays,
    ...(next === undefined ? {} : { next: { ...next, rule: ruleOf(lifecycle, next.stage) } }),
  };
};
