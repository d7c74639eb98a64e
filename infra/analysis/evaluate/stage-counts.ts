import { noContact } from '../../../shared/domain/customers/contact.ts';
import { lookAtCustomer } from '../../../shared/domain/customers/look-at-customer.ts';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { JudgedCustomer, Split } from './judged-customers.ts';

/** Who stood in a stage at the end of the calibration, and how many of them came back. */
export type StageReturn = Readonly<{ lifecycle: string; id: string; customers: number; returned: number }>;

export type StageRules = Readonly<{ store: StoreSettings; fit: Fit; lifecycle: Lifecycle }>;

const stageAt = ({ customerId, arrivals }: JudgedCustomer, now: number, rules: StageRules): string | undefined =>
  lookAtCustomer({
    ...{ ...rules, customerId, arrivals, now },
    ...{ contact: noContact, orderRows: [], enrolments: [], aliases: [] },
  }).customer?.stage;

/** Each stage of a lifecycle in its own order, empty ones too; those outside of it last. */
export const stageReturns = (
  customers: readonly JudgedCustomer[],
  { calibrationEnd }: Split,
  rules: StageRules,
): readonly StageReturn[] => {
  const counts = new Map(rules.lifecycle.stages.map(({ id }) => [id, { customers: 0, returned: 0 }]));
  for (const customer of customers) {
    const stage = stageAt(customer, calibrationEnd, rules);
    if (stage === undefined) continue;
    const count = counts.get(stage) ?? { customers: 0, returned: 0 };
    counts.set(stage, count);
    count.customers += 1;
    count.returned += Number(customer.cameBack);
  }
  return [...counts].map(([id, count]) => ({ lifecycle: rules.lifecycle.name, id, ...count }));
};
