import * as z from 'zod';
import type { Delivery } from './script.ts';

/** An order as a person would name it. */
export type OrderInWords = Readonly<{ label: string; who?: string; email?: string; amount: number; currency: string }>;

const shopify = z.object({
  name: z.string(),
  email: z.string().nullable(),
  total_price: z.string(),
  currency: z.string(),
  customer: z.object({ first_name: z.string(), last_name: z.string() }).nullable(),
});

const standard = z.object({
  data: z.object({
    id: z.string(),
    total: z.string(),
    currency: z.string(),
    customer: z.object({ id: z.string().optional(), email: z.string(), firstName: z.string().optional() }).nullable(),
  }),
});

const present = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined && part !== null)) as Partial<T>;

/** Reads an order's webhook back; `undefined` for any other delivery. */
export const describeOrder = ({ source, topic, body }: Delivery): OrderInWords | undefined => {
  if (!/^orders?[/.]/.test(topic)) return undefined;
  if (source === 'shopify') {
    const { name, email, total_price, currency, customer } = shopify.parse(JSON.parse(body));
    const who = customer === null ? 'a guest' : `${customer.first_name} ${customer.last_name.slice(0, 1)}.`;
    return { label: name, amount: Number(total_price), currency, who, ...present({ email: email ?? undefined }) };
  }
  const { data } = standard.parse(JSON.parse(body));
  const who =
    data.customer?.firstName ?? (data.customer?.id === undefined ? undefined : `customer ${data.customer.id}`);
  const named = present({ who, email: data.customer?.email });
  return { label: data.id, amount: Number(data.total), currency: data.currency, ...named };
};
