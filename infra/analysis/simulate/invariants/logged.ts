import { customerOfPk, suppressionOfPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { Row } from '../../../../shared/adapters/memory/memory-table.ts';
import type { Contact } from '../../../../shared/domain/customers/contact.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Finished } from '../run-scenario.ts';
import { customersIn } from './rows.ts';
import { hasOutage } from './told-late.ts';

const dates = ['optedOutAt', 'complainedAt', 'suppressedAt'] as const;

/** Whatever was said against mail, and whoever was erased, stands in the erasure log, for each account of the person. */
export const isLogged = (run: Finished): readonly string[] => {
  if (!run.scenario.keepsLog) return [];
  // What nobody read is told as it stands, not as it came to be.
  const rows = hasOutage(run) ? [...run.table.rows()] : run.table.commits.map(({ after }) => after);
  const said = new Map<string, EpochMs>();
  const own = `S#${run.scenario.store.id}#`;
  for (const row of rows.filter(({ key }) => key.pk.startsWith(own) && !isOfNobody(run, key.pk)))
    for (const [name, at] of saidIn(row)) said.set(name, Math.max(at, said.get(name) ?? at));
  for (const [name, at] of saidByOthers(run, said)) said.set(name, at);
  const logged = loggedIn(run);
  return [...said].flatMap(([name, at]) =>
    (logged.get(name) ?? Number.NEGATIVE_INFINITY) >= at ? [] : [`the erasure log has no ${name}`],
  );
};

/** Strangers are in no order and no event, so nothing of theirs can be told again. */
const isOfNobody = (run: Finished, pk: string): boolean => {
  if (!hasOutage(run)) return false;
  const id = customerOfPk(pk)?.customerId;
  const hash = suppressionOfPk(pk)?.addressHash;
  return !customersIn(run.table).some(
    ({ customerId, identities }) => customerId === id || (hash !== undefined && identities.includes(`email:${hash}`)),
  );
};

type Said = readonly (readonly [string, EpochMs])[];

const saidIn = (row: Row): Said => {
  const { pk } = row.key;
  if (row.entity === 'SUPPRESSION') {
    const { by, at } = row.value;
    return [[`${by === 'erasure' ? by : 'reason'} of address ${suppressionOfPk(pk)?.addressHash}`, at]];
  }
  if (row.entity === 'CONTACT') return datesIn(customerOfPk(pk)?.customerId ?? '', row.value);
  if (row.entity !== 'CUSTOMER' || row.value.erasedAt === undefined) return [];
  return [[`erasure of ${row.value.customerId}`, row.value.erasedAt]];
};

const datesIn = (id: string, said: Pick<Contact, (typeof dates)[number]>): Said =>
  dates.flatMap((date) => (said[date] === undefined ? [] : [[`${date} of ${id}`, said[date]] as const]));

/** What one account of a person said holds for all: a copy may not know yet that they are one. */
const saidByOthers = ({ table }: Finished, said: ReadonlyMap<string, EpochMs>): Said =>
  customersIn(table).flatMap(({ customerId, mergedInto, erasedAt, aliases = [] }) => {
    if (mergedInto !== undefined || erasedAt !== undefined) return [];
    const accounts = [customerId, ...aliases];
    return dates.flatMap((date) => {
      const known = accounts.flatMap((id) => said.get(`${date} of ${id}`) ?? []);
      return known.length === 0 ? [] : accounts.map((id) => [`${date} of ${id}`, Math.max(...known)] as const);
    });
  });

const loggedIn = ({ logged }: Finished): ReadonlyMap<string, EpochMs> =>
  new Map(
    logged.flatMap((entry): Said => {
      if (entry.type === 'erasure') return [[`erasure of ${entry.customerId}`, entry.erasedAt]];
      if (entry.type === 'withdrawal') return datesIn(entry.customerId, entry);
      const { addressHash, reason, erasedAt } = entry;
      return [
        ...(reason === undefined ? [] : [[`reason of address ${addressHash}`, reason.at] as const]),
        ...(erasedAt === undefined ? [] : [[`erasure of address ${addressHash}`, erasedAt] as const]),
      ];
    }),
  );
