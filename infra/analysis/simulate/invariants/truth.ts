import type { CustomerSnapshot } from '../../../../shared/domain/customers/profile.ts';
import type { CustomerEvent } from '../../../../shared/domain/intake/intake.ts';
import type { Order, Refund } from '../../../../shared/domain/orders/order.ts';
import { orderVersion } from '../../../../shared/domain/orders/order-version.ts';
import type { Finished } from '../run-scenario.ts';

/** What was accepted, by who it is about: worked out from the webhooks alone, without the program's own links. */
export type Group = Readonly<{
  identities: ReadonlySet<string>;
  orders: readonly Readonly<{ order: Order; refunds: readonly Refund[] }>[];
  /** Somebody of this group asked to be forgotten. */
  isErased: boolean;
}>;

type Told = Readonly<{
  orders: ReadonlyMap<string, Order>;
  refunds: readonly Refund[];
  events: readonly CustomerEvent[];
}>;

/** Everything that was ever committed of webhooks; an order as its latest version says. */
const toldIn = ({ table }: Finished): Told => {
  const orders = new Map<string, Order>();
  const refunds: Refund[] = [];
  const events: CustomerEvent[] = [];
  for (const { before, after } of table.commits) {
    if (after.entity === 'REFUND') refunds.push(after.value);
    if (after.entity === 'EVENT' && before === undefined) events.push(after.value);
    if (after.entity !== 'ORDER') continue;
    const { order } = after.value;
    const known = orders.get(order.orderId);
    const isRedacted =
      known?.customer !== undefined && order.customer === undefined && known.updatedAt === order.updatedAt;
    if (!isRedacted && (known === undefined || orderVersion(known) < orderVersion(order)))
      orders.set(order.orderId, order);
  }
  return { orders, refunds, events };
};

const identitiesIn = ({ externalId, email }: Pick<CustomerSnapshot, 'externalId' | 'email'>): readonly string[] => [
  ...(externalId === undefined ? [] : [`standard:${externalId}`]),
  ...(email === undefined ? [] : [`email:${email}`]),
];

const linkedBy = ({ body }: CustomerEvent): readonly string[] => {
  if (body.type === 'merge') return [`standard:${body.keepExternalId}`, `standard:${body.loseExternalId}`];
  return body.type === 'erase' ? identitiesIn(body) : identitiesIn(body.customer);
};

const known = new WeakMap<Finished, readonly Group[]>();

/** People: identities that were ever named together; worked out once for all invariants. */
export const groupsIn = (run: Finished): readonly Group[] => {
  const found = known.get(run) ?? gatherGroups(run);
  known.set(run, found);
  return found;
};

const gatherGroups = (run: Finished): readonly Group[] => {
  const { orders, refunds, events } = toldIn(run);
  const links = [
    ...[...orders.values()].flatMap(({ customer }) => (customer === undefined ? [] : [identitiesIn(customer)])),
    ...events.map(linkedBy),
  ];
  const erased = new Set(events.filter(({ body }) => body.type === 'erase').flatMap(linkedBy));
  return joined(links).map((identities) => ({
    identities,
    isErased: [...identities].some((identity) => erased.has(identity)),
    orders: [...orders.values()]
      .filter(({ customer }) => customer !== undefined && identitiesIn(customer).some((one) => identities.has(one)))
      .map((order) => ({ order, refunds: refunds.filter(({ orderId }) => orderId === order.orderId) })),
  }));
};

const joined = (links: readonly (readonly string[])[]): readonly ReadonlySet<string>[] => {
  let groups: ReadonlySet<string>[] = [];
  for (const link of links) {
    const touching = groups.filter((group) => link.some((one) => group.has(one)));
    groups = [
      ...groups.filter((group) => !touching.includes(group)),
      new Set([...link, ...touching.flatMap((group) => [...group])]),
    ];
  }
  return groups;
};
