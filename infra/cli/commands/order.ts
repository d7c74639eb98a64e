import * as z from 'zod';
import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';
import { minorUnits } from '../../../shared/domain/orders/money.ts';
import { type Context, defineCommand } from '../command.ts';
import { Refusal, UsageError } from '../refusal.ts';
import { answering } from '../system/admin-api.ts';
import { customerOf } from '../system/customers.ts';
import { type OneOrder, orderBody, signedHeaders } from './order-delivery.ts';
import { type OrderEffect, orderText, setOff } from './order-effect.ts';

const schema = z.strictObject({
  words: z.tuple([], { error: 'order takes options only' }),
  as: z.string({ error: 'is needed: the e-mail address of who orders' }).transform((text, context) => {
    const email = normaliseEmail(text);
    if (email !== undefined) return email;
    context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
    return z.NEVER;
  }),
  total: z
    .string({ error: 'is needed: what the order comes to, for example 59' })
    .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be an amount such as 59 or 59.90'),
  sku: z.string().min(1).max(100).optional(),
  'first-name': z.string().min(1).max(100).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two letters, for example GB')
    .optional(),
  'no-consent': z.boolean().default(false),
});

const answerSchema = z.object({ status: z.string(), reason: z.string().optional() });

const post = async ({ world }: Context, url: string, placed: OneOrder, secret: string) => {
  const body = orderBody(placed);
  const headers = signedHeaders(`msg_${placed.id}`, body, secret, placed.at);
  const startedAt = performance.now();
  const response = await answering(url, () => world.fetch(url, { method: 'POST', body, headers: { ...headers } }));
  const tookMs = Math.round(performance.now() - startedAt);
  if (response.status !== 202) throw new Refusal(`the webhook was refused (${response.status})`);
  return { ...answerSchema.parse(await response.json()), tookMs };
};

const orderPlaced = (
  args: z.output<typeof schema>,
  { world }: Context,
  currency: string,
  given: Pick<OneOrder, 'consents' | 'at'>,
): OneOrder => {
  const totalMinor = minorUnits(args.total, currency);
  if (totalMinor === undefined || totalMinor === 0)
    throw new UsageError([`--total must be an amount of ${currency} above zero`]);
  const id = `cli-${Buffer.from(world.randomBytes(6)).toString('hex')}`;
  const { as: email, sku, 'first-name': firstName, country } = args;
  return { id, email, totalMinor, currency, sku, firstName, country, ...given };
};

const storeOf = async ({ world, system }: Context) => {
  const id = system.storeId();
  if (id === undefined) throw new UsageError(['--store is needed: the local run has several stores']);
  const operations = await system.operations();
  const settings = await operations.settings(id, world.now());
  const secret = (await operations.secrets(id))?.['standard']?.[0];
  if (settings === undefined || secret === undefined)
    throw new Refusal(`there is no store '${id}' with a standard secret`);
  return { settings, secret };
};

export const order = defineCommand({
  name: 'order',
  takes: '--as EMAIL --total AMOUNT',
  summary: 'sends the local run a signed order and shows what it sets off',
  options: {
    as: { value: 'EMAIL', about: 'who orders (needed)' },
    total: { value: 'AMOUNT', about: "what it comes to, in the store's currency (needed)" },
    sku: { value: 'SKU', about: 'what was bought' },
    'first-name': { value: 'NAME', about: 'first name of the customer' },
    country: { value: 'CC', about: 'country of the customer, two letters' },
    'no-consent': { about: 'a newcomer does not say yes to mails (otherwise they do, at this checkout)' },
  },
  examples: [
    'order --as ada@example.com --total 59',
    'order --as bo@example.com --total 24.50 --sku MUG-1 --first-name Bo',
  ],
  schema,
  async run(args, context) {
    const { system } = context;
    const control = system.control();
    const api = await system.api();
    const { settings, secret } = await storeOf(context);
    const before = await customerOf(api, args.as);
    const at = await control.now();
    // Only a newcomer consents here: a second yes, dated now, would undo an unsubscription.
    const consents = before === undefined && !args['no-consent'];
    const placed = orderPlaced(args, context, settings.currency, { consents, at });
    const answer = await post(context, `${api.url}/webhooks/${settings.id}/standard`, placed, secret);
    await control.settle();
    const after = await customerOf(api, args.as);
    const effect: OrderEffect = {
      order: placed,
      answer,
      customer: after?.id,
      before: before?.stage,
      after: after?.stage,
      ...(after === undefined ? { planned: [], heldOut: [] } : await setOff(api, after.id, at)),
    };
    return {
      json: { ...effect, order: placed.id, before: effect.before ?? null, after: effect.after ?? null, consents },
      text: (paint) => orderText(effect, settings.timeZone, paint),
    };
  },
});
