import type { Customer, StageId } from '../../../shared/domain/customers/customer.ts';
import type { FactValue } from '../../../shared/domain/facts/fact.ts';
import { factsAt } from '../../../shared/domain/facts/facts-at.ts';
import type { Subject } from '../../../shared/domain/facts/subject.ts';
import { curveFor } from '../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import { currencyExponent } from '../../../shared/domain/orders/money.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { definitionsOf } from '../../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { conditionText } from './condition-text.ts';

/** What can be said about a customer's stage at an instant. */
export type StageReading = Readonly<{
  facts: Readonly<Record<string, FactValue>>;
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

export const readStage = (customer: Customer, store: StoreSettings, now: EpochMs): StageReading => {
  const { lifecycle, fit } = definitionsOf(store);
  const subject: Subject = {
    history: customer.history,
    profile: customer.profile,
    fit,
    minorPerMajor: 10 ** currencyExponent(store.currency),
  };
  const next = wakeAt(lifecycle, subject, now);
  return {
    facts: factsAt(subject, now),
    rule: ruleOf(lifecycle, customer.stage),
    silenceHorizonDays: curveFor(fit, customer.history.orders).horizonDays,
    ...(next === undefined ? {} : { next: { ...next, rule: ruleOf(lifecycle, next.stage) } }),
  };
};
