import type { Finished } from '../run-scenario.ts';
import { customersIn } from './rows.ts';
import { groupsIn } from './truth.ts';

/** Where everybody of a person's names was erased and nobody came back, no order, no event and no customer names them any more. */
export const staysErased = (run: Finished): readonly string[] => {
  const living = customersIn(run.table).filter(({ erasedAt }) => erasedAt === undefined);
  const told = [...run.table.rows()].flatMap((row): readonly unknown[] => {
    if (row.entity === 'ORDER') return [row.value.order.customer];
    if (row.entity === 'EVENT') return [row.value.body];
    return row.entity === 'CUSTOMER' && row.value.erasedAt !== undefined ? [row.value.profile, row.value.signals] : [];
  });
  const text = JSON.stringify(told);
  return groupsIn(run).flatMap(({ isErased, identities }) => {
    const names = [...identities].filter((identity) => identity.startsWith('standard:'));
    const addresses = [...identities].flatMap((one) => (one.startsWith('email:') ? [one.slice('email:'.length)] : []));
    const isBack = living.some(
      ({ identities: known, profile }) =>
        names.some((name) => known.includes(name)) || addresses.includes(profile.email ?? ''),
    );
    if (!isErased || isBack) return [];
    return addresses
      .filter((address) => text.includes(address))
      .map(() => 'an order, an event or a tombstone names the erased');
  });
};
