import { factNamed } from '../../../shared/domain/facts/fact-catalogue.ts';
import { subjectOf } from '../../../shared/domain/facts/subject.ts';
import type { StoreFit } from '../../../shared/domain/fit/fit-store.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { activeCampaignsOf } from '../../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../shared/ports/customer-store.ts';
import type { OrderFileHistory } from '../../local/orders/history.ts';
import { arrivalsOf } from './people/arrivals-of.ts';
import { peopleOf } from './people/people-of.ts';
import { nightlyFits } from './replay/nightly-fits.ts';
import { replayPerson } from './replay/replay-person.ts';
import type { ReplayRules } from './replay/replay-rules.ts';
import { type CampaignCounts, campaignCounter } from './summary/campaign-counts.ts';
import { type DayCounts, dayCounter } from './summary/day-counts.ts';
import { type StageCount, stageCounter } from './summary/stage-counts.ts';
import { type TransitionCount, transitionCounter } from './summary/transition-counts.ts';

export type BacktestInput = Readonly<{
  history: OrderFileHistory;
  store: StoreSettings;
  lifecycle: Lifecycle;
  consent: 'assumed' | 'none';
  from: EpochMs;
  asOf: EpochMs;
  customersOut: boolean;
}>;

/** One customer at the end. */
export type CustomerOut = Readonly<{
  id: string;
  stage: string;
  since: EpochMs;
  wakeAt?: EpochMs;
  pAlive?: number;
  expectedOrders?: number;
  clv?: number;
}>;

/** What a replay found. */
export type Backtest = Readonly<{
  rules: ReplayRules;
  /** Everybody the orders are of. */
  customers: number;
  stages: readonly StageCount[];
  transitions: readonly TransitionCount[];
  otherMoves: ReturnType<ReturnType<typeof transitionCounter>['others']>;
  byDay: readonly DayCounts[];
  campaigns: readonly CampaignCounts[];
  /** Made at the end, from everything. */
  lastFit: StoreFit;
  customersOut?: readonly CustomerOut[];
}>;

/** How far a backtest is: fits first, night by night, then one customer after another. */
export type Watch = (phase: 'fits' | 'customers', done: number, of: number) => void;

/** Replays a history, customer by customer, each from their first order to the end. Sends nothing. */
export const runBacktest = (input: BacktestInput, watch: Watch): Backtest => {
  const { history, store, lifecycle, consent, from, asOf } = input;
  const people = peopleOf(history, store.id);
  const { adopted, last, rows } = nightlyFits(people, { store, lifecycle, from, asOf }, (nights, of) =>
    watch('fits', nights, of),
  );
  const rules: ReplayRules = { store, lifecycle, campaigns: activeCampaignsOf(store), fits: adopted, asOf };
  const counters = { stages: stageCounter(rules), moves: transitionCounter(), days: dayCounter() };
  const campaigns = campaignCounter(rules.campaigns);
  const customersOut: CustomerOut[] = [];
  for (const [n, person] of people.entries()) {
    const file = replayPerson(rules, person.customerId, arrivalsOf(person, { store, consent }, rows.get(person)));
    for (const counter of [counters.stages, counters.moves, counters.days, campaigns]) counter.add(file);
    if (input.customersOut) customersOut.push(...outOf(person.id, file, rules, last));
    watch('customers', n + 1, people.length);
  }
  const stages = counters.stages.counts();
  return {
    ...{ rules, stages, customers: people.length, lastFit: last, campaigns: campaigns.counts() },
    ...{ transitions: counters.moves.transitions(), otherMoves: counters.moves.others() },
    byDay: counters.days.days(
      from,
      asOf,
      stages.map(({ stage }) => stage),
      rules.campaigns.map(({ id }) => id),
    ),
    ...(input.customersOut ? { customersOut } : {}),
  };
};

const expectations = ['pAlive', 'expectedOrders', 'clv'] as const;

const outOf = (
  id: string,
  { customer }: CustomerFile,
  { store, asOf }: ReplayRules,
  { fit }: StoreFit,
): readonly CustomerOut[] => {
  if (customer === undefined) return [];
  const { stage, since, wakeAt } = customer;
  const subject = subjectOf(customer, store, fit);
  const known = expectations.flatMap((name) => {
    const value = factNamed(name)?.value(subject, asOf);
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  return [{ id, stage, since, ...(wakeAt === undefined ? {} : { wakeAt }), ...Object.fromEntries(known) }];
};
