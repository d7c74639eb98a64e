import * as z from 'zod';
import { isCurrency } from '../../orders/money.ts';
import { orderChannels, orderKinds, orderStatuses } from '../../orders/order.ts';
import { parseInstant } from '../../time.ts';

/** More lines than any checkout makes; such a body is a mistake or an attack. */
const maxLines = 5_000;

const id = z
  .union([z.string().min(1).max(128), z.number()], { error: 'must be a text of 1 to 128 characters, or an integer' })
  .meta({ description: 'Text, or an integer of any length: digits beyond 2^53 are kept.' });

const instant = z
  .string()
  .refine(
    (text) => parseInstant(text) !== undefined,
    'must be an RFC 3339 instant with its offset, such as 2026-01-05T10:00:00Z',
  )
  .meta({ format: 'date-time', description: 'RFC 3339 with offset.' });

const amount = z
  .string('must be a decimal in a text, such as "120.50"')
  .regex(/^\d{1,15}(\.\d{1,8})?$/, 'must be a decimal of at least zero in a text, such as "120.50"')
  .meta({ description: 'Decimal in major units of `currency`, no more digits than the currency has.' });

const consent = z
  .object({
    email: z.enum(['granted', 'pending', 'withdrawn', 'none']),
    at: instant.nullish(),
    source: z.string().max(200).nullish().meta({ description: 'Where it was given, in your words.' }),
  })
  .meta({ description: 'A statement only when it is `granted` or `withdrawn` and has `at`.' });

const customer = z.object({
  id: id.nullish(),
  email: z.string().max(320).nullish().meta({ description: 'An address that cannot be mailed counts as none.' }),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  locale: z.string().nullish().meta({ description: 'BCP 47; dropped when it is none.' }),
  country: z.string().nullish().meta({ description: 'ISO 3166-1 alpha-2; dropped when it is none.' }),
  province: z.string().nullish().meta({ description: 'ISO 3166-2 subdivision; dropped when it is none.' }),
  timeZone: z.string().nullish().meta({ description: 'IANA zone; dropped when it is none.' }),
  tags: z.array(z.string()).max(100).nullish(),
  consent: consent.nullish(),
});
export type StandardCustomer = z.output<typeof customer>;

const line = z.object({
  sku: z.string().nullish().meta({ description: 'Without one the name stands in.' }),
  name: z.string().nullish(),
  category: z.string().nullish(),
  quantity: z.number().int().min(0).max(1_000_000).nullish().meta({ description: 'Default 1.' }),
  price: amount.nullish().meta({ description: 'Each piece; default 0.' }),
  url: z.string().nullish(),
  imageUrl: z.string().nullish(),
});
export type StandardLine = z.output<typeof line>;

const currencyRule = 'must be an ISO 4217 code such as GBP';

const order = z.object({
  id,
  status: z.enum(orderStatuses),
  kind: z.enum(orderKinds).nullish().meta({ description: 'Default one_time.' }),
  channel: z.enum(orderChannels).nullish().meta({ description: 'Default online.' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: currencyRule, abort: true })
    .refine(isCurrency, currencyRule),
  total: amount,
  refunded: amount.nullish(),
  subtotal: amount.nullish(),
  tax: amount.nullish(),
  shipping: amount.nullish(),
  test: z.boolean().nullish().meta({ description: 'Test orders never count.' }),
  placedAt: instant,
  updatedAt: instant.meta({ description: 'Of two versions of an order the later wins.' }),
  deliveredAt: instant.nullish(),
  discounts: z
    .array(z.object({ code: z.string(), amount: amount.nullish() }))
    .max(50)
    .nullish(),
  customer: customer.nullish(),
  lines: z.array(line).max(maxLines).nullish(),
});
export type StandardOrder = z.output<typeof order>;

const timestamp = instant.nullish().meta({ description: 'When it happened; default: the time of the delivery.' });

const orderMessage = z.object({
  type: z.enum(['order.created', 'order.updated', 'order.cancelled', 'order.refunded']),
  timestamp,
  data: order,
});
const customerMessage = z.object({ type: z.literal('customer.updated'), timestamp, data: customer });
const deletedMessage = z.object({ type: z.literal('customer.deleted'), timestamp, data: z.object({ id }) });
const eventMessage = z.object({
  type: z.literal('event'),
  timestamp,
  data: z.object({
    customer,
    name: z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, hyphens or underscores'),
    at: instant.nullish().meta({ description: 'Default: `timestamp`.' }),
    properties: z
      .record(z.string().max(100), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]))
      .nullish(),
  }),
});

/** The body of a `standard` webhook. Unknown fields are accepted and ignored. */
export const standardMessage = z
  .discriminatedUnion('type', [orderMessage, customerMessage, deletedMessage, eventMessage])
  .meta({ title: 'Perennial standard webhook' });
export type StandardMessage = z.output<typeof standardMessage>;

/** The same as JSON Schema (2020-12), published as docs/schemas/standard-webhook.schema.json. */
export const standardJsonSchema = (): object => z.toJSONSchema(standardMessage, { io: 'input' });
