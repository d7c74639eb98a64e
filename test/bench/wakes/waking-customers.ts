import type { Attributes } from '../../../shared/adapters/dynamodb/codec/codec.ts';
import { writeCustomer } from '../../../shared/adapters/dynamodb/items/customer-item.ts';
import { customerPk, customerSk } from '../../../shared/adapters/dynamodb/keys.ts';
import { dueAttributes } from '../../../shared/adapters/dynamodb/table.ts';
import { hashOf } from '../../../shared/domain/hash.ts';
import { days, type EpochMs, hours } from '../../../shared/domain/time.ts';
import { sampleCustomer, sampleNow } from '../../support/samples.ts';

/** As many as a deployed table has. */
export const dueShards = 16;

/** When the first look is taken. */
export const benchNow: EpochMs = sampleNow;

/** Customers of a store, of whom the first `due` became due within the last hour; the others wake in one to twelve months. */
export function* wakingCustomers({
  customers,
  due,
}: Readonly<{ customers: number; due: number }>): Generator<Attributes> {
  for (let n = 0; n < customers; n++) {
    const customerId = hashOf(['bench', String(n)]);
    const wakeAt =
      n < due
        ? benchNow - hours(1) + Math.floor((n * hours(1)) / due)
        : benchNow + days(30) + Math.floor((n * days(330)) / customers);
    const key = { pk: customerPk('demo', customerId), sk: customerSk.customer };
    const customer = sampleCustomer({ customerId, wakeAt });
    yield writeCustomer(customer, dueAttributes({ dueShards }, key, { kind: 'customer', at: wakeAt }));
  }
}
