import * as z from 'zod';
import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';
import { minorUnits } from '../../../shared/domain/orders/money.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { type Context, defineCommand } from '../command.ts';
import { Refusal, UsageError } from '../refusal.ts';
import { type AdminApi, answering } from '../system/admin-api.ts';
import { customerOf, timelineOf } from '../system/customers.ts';
import { minuteText } from '../text/moments.ts';
import { moneyText } from '../text/money-text.ts';
import { orderBody, signedHeaders } from './order-delivery.ts';

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

const post = async ({ world }: Context, url: string, body: string, headers: Readonly<Record<string, string>>) => {
  const startedAt = performance.now();
  const response = await answering(url, () => world.fetch(url, { method: 'POST', body, headers: { ...headers } }));
  const tookMs = Math.round(performance.now() - startedAt);
  if (response.status !== 202) throw new Refusal(`the webhook was refused (${response.status})`);
  return { ...answerSchema.parse(await response.json()), tookMs };
};

/** What the order set off: mails now planned, and campaigns the customer was held out of. */
const setOff = async (api: AdminApi, id: string, since: EpochMs) => {
  const timeline = await timelineOf(api, id);
  return {
    planned: timeline.flatMap((item) =>
      item.type === 'send' && item.status === 'pending'
        ? [{ campaign: item.campaign, step: item.step, plannedAt: item.plannedAt }]
        : [],
    ),
    heldOut: timeline.flatMap((item) =>
      item.type === 'enrolment' && item.arm === 'held-out' && Date.parse(item.at) >= since ? [item.campaign] : [],
    ),
  };
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
    const { world, system } = context;
    const control = system.control();
    const api = await system.api();
    const { settings, secret } = await storeOf(context);
    const totalMinor = minorUnits(args.total, settings.currency);
    if (totalMinor === undefined || totalMinor === 0)
      throw new UsageError([`--total must be an amount of ${settings.currency} above zero`]);

    const before = await customerOf(api, args.as);
    const at = await control.now();
    const id = `cli-${Buffer.from(world.randomBytes(6)).toString('hex')}`;
    // Only a newcomer consents here: a second yes, dated now, would undo an unsubscription.
    const consents = before === undefined && !args['no-consent'];
    const body = orderBody({
      id,
      email: args.as,
      totalMinor,
      currency: settings.currency,
      sku: args.sku,
      firstName: args['first-name'],
      country: args.country,
      consents,
      at,
    });
    const answer = await post(
      context,
      `${api.url}/webhooks/${settings.id}/standard`,
      body,
      signedHeaders(`msg_${id}`, body, secret, at),
    );
    await control.settle();

    const after = await customerOf(api, args.as);
    const { planned, heldOut } = after === undefined ? { planned: [], heldOut: [] } : await setOff(api, after.id, at);
    const amount = moneyText(totalMinor, settings.currency);
    return {
      json: {
        order: id,
        answer,
        customer: after?.id,
        before: before?.stage ?? null,
        after: after?.stage ?? null,
        planned,
        heldOut,
        consents,
      },
      text: (paint) => [
        `${paint.green('✓')} order ${id}, ${amount}, by ${args.as}: ${answer.status}${answer.reason === undefined ? '' : ` (${answer.reason})`} in ${answer.tookMs} ms`,
        `  stage    ${before?.stage ?? 'unknown so far'}  →  ${paint.bold(after?.stage ?? 'none')}`,
        ...(consents ? ['  consent  given at this checkout, as a newcomer (--no-consent leaves it out)'] : []),
        ...planned.map(
          (mail) => `  planned  ${paint.bold(mail.campaign)} on ${minuteText(mail.plannedAt, settings.timeZone)}`,
        ),
        ...heldOut.map((campaign) => `  held out of ${campaign}: some are, to measure what the mails really bring`),
        ...(planned.length + heldOut.length === 0 ? ['  No mail is planned.'] : []),
        '',
        `  Why:   npm run perennial -- explain ${args.as}`,
        '  Later: npm run perennial -- clock +30d',
      ],
    };
  },
});
