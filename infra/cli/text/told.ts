import type { TimelineItem } from '../../../functions/admin/customers/timeline-item.ts';
import type { Explanation } from '../system/customers.ts';
import type { Paint } from './paint.ts';

type Shop = Readonly<{ currency: string; timeZone: string }>;

/** All that is told about one customer, and for whom. */
export type Told = Readonly<{ explanation: Explanation; timeline: readonly TimelineItem[]; shop: Shop; paint: Paint }>;
