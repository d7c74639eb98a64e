import type * as z from 'zod';
import { timelineView } from '../../../functions/admin/customers/customer-timeline.ts';
import { customerView } from '../../../functions/admin/customers/customer-view.ts';
import { explanationView } from '../../../functions/admin/customers/explain-customer.ts';
import { customerPageView } from '../../../functions/admin/customers/list-customers.ts';
import type { TimelineItem } from '../../../functions/admin/customers/timeline-item.ts';
import type { AdminApi } from './admin-api.ts';

export type Explanation = z.output<typeof explanationView>;
export type CustomerView = z.output<typeof customerView>;

/** The customer an address belongs to, as they stand now. */
export const customerOf = async (api: AdminApi, email: string): Promise<CustomerView | undefined> => {
  const found = await api.post('/v1/customers:lookup', { email }, customerView);
  return found.type === 'found' ? found.body : undefined;
};

/** Our id of a customer named by e-mail address, by `source:id`, or by our id itself. */
export const idOf = async (api: AdminApi, who: string): Promise<string | undefined> => {
  if (who.includes('@')) return (await customerOf(api, who))?.id;
  if (!who.includes(':')) return who;
  const found = await api.get('/v1/customers', { externalId: who }, customerPageView);
  return found.type === 'found' ? found.body.id : undefined;
};

export const explanationOf = async (api: AdminApi, id: string) =>
  api.get(`/v1/customers/${encodeURIComponent(id)}:explain`, {}, explanationView);

/** Everything that happened to a customer, newest first, page by page. */
export const timelineOf = async (api: AdminApi, id: string): Promise<readonly TimelineItem[]> => {
  const items: TimelineItem[] = [];
  let cursor: string | undefined;
  do {
    const query: Record<string, string> = { limit: '200', ...(cursor === undefined ? {} : { cursor }) };
    const page = await api.get(`/v1/customers/${encodeURIComponent(id)}/timeline`, query, timelineView);
    if (page.type === 'absent') break;
    items.push(...page.body.items);
    cursor = page.body.cursor;
  } while (cursor !== undefined);
  return items;
};
