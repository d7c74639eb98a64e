import * as z from 'zod';
import { anyRole, personalRoles, type Role } from '../caller.ts';
import { badCursor, readCursor, writeCursor } from '../cursor.ts';
import { cursorParameter, pageLimit } from '../instant.ts';
import type { ProblemAnswer } from '../problem-answer.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { findCustomer } from './find-customer.ts';
import { type TimelineItem, timelineItem } from './timeline-item.ts';
import { byNewest, type TimelineEntry, timelineOf } from './timeline-of.ts';

const placeSchema = z.tuple([z.number(), z.string()]);
type Place = Readonly<{ type: 'place'; at: number; key: string }>;

const placeIn = (key: Uint8Array, scope: readonly string[], cursor: string): Place | ProblemAnswer => {
  const read = readCursor(key, scope, cursor);
  if (read.type === 'problem') return read;
  const place = placeSchema.safeParse(JSON.parse(read.position));
  return place.success ? { type: 'place', at: place.data[0], key: place.data[1] } : badCursor;
};

export const timelineView = z.object({
  items: z.array(timelineItem).meta({ description: 'Newest first' }),
  cursor: z.string().optional(),
});

/** Nobody knows whom an operator's words name. */
const shownTo = (role: Role, item: TimelineItem): TimelineItem => {
  if (item.type !== 'suppression-lifted' || personalRoles.includes(role)) return item;
  const { because: _because, ...rest } = item;
  return rest;
};

export const customerTimeline = defineRoute({
  method: 'GET',
  path: '/v1/customers/{id}/timeline',
  operationId: 'getCustomerTimeline',
  summary: 'What happened to a customer: stages, orders, consent, enrolments, mails sent and mails withheld',
  roles: anyRole,
  query: z.strictObject({ limit: pageLimit(100), cursor: cursorParameter }),
  body: noBody,
  response: timelineView,
  refusals: { 404: 'No such customer', 410: 'The customer was erased' },
  async run(deps, call) {
    const { limit, cursor } = call.query;
    const found = await findCustomer(deps, call.store.id, call.params['id'] ?? '', 'whole');
    if (found.type === 'problem') return found;
    const { customer, file } = found;
    const aliases = await Promise.all(
      (customer.aliases ?? []).map((alias) => deps.customers.load(call.store.id, alias, 'whole')),
    );
    const key = await deps.secrets.deploymentKey();
    const scope = ['timeline', call.store.id, customer.customerId];
    const place = cursor === undefined ? undefined : placeIn(key, scope, cursor);
    if (place?.type === 'problem') return place;

    const all = [file, ...aliases].flatMap(timelineOf).sort(byNewest);
    const rest = place === undefined ? all : all.filter((entry) => byNewest(entry, place) > 0);
    const shown = rest.slice(0, limit);
    const last: TimelineEntry | undefined = rest.length > limit ? shown.at(-1) : undefined;
    return ok({
      items: shown.map(({ item }) => shownTo(call.role, item)),
      ...(last === undefined ? {} : { cursor: writeCursor(key, scope, JSON.stringify([last.at, last.key])) }),
    });
  },
});
