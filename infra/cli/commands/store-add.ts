import * as z from 'zod';
import { defaultDoubleOptIn } from '../../../shared/domain/consent/double-opt-in.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { StoreSecrets } from '../../../shared/ports/secrets.ts';
import { type Context, defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import { switchCampaigns } from '../settings/activate.ts';
import { applySettings } from '../settings/apply-settings.ts';
import {
  currencyField,
  idField,
  nameField,
  settingFields,
  settingOptions,
  timeZoneField,
} from '../settings/setting-options.ts';
import { newStandardSecret, shopifySecret } from '../settings/webhook-secrets.ts';
import { withWarmup } from '../settings/with-warmup.ts';
import { columns } from '../text/columns.ts';
import { webhookUrls } from '../text/webhook-urls.ts';

const needed = (schema: z.ZodType<string, string>, error: string) => z.string({ error }).pipe(schema);

const schema = z.strictObject({
  words: idField('store add'),
  name: needed(nameField, 'is needed: the name customers know the shop by'),
  currency: needed(currencyField, 'is needed: the currency the shop counts in, for example GBP'),
  'time-zone': needed(timeZoneField, 'is needed: where the shop is, for example Europe/London'),
  ...settingFields,
  'shopify-secret-stdin': z.boolean().default(false),
});

const fresh = (args: z.output<typeof schema>, createdAt: number): StoreSettings => ({
  id: args.words[0],
  name: args.name,
  currency: args.currency,
  timeZone: args['time-zone'],
  horizonDays: 90,
  rhythm: 'normal',
  buyersWithoutOptIn: 'never',
  doubleOptIn: defaultDoubleOptIn,
  pendingCounts: false,
  exclude: {},
  rewardCodes: {},
  activeCampaigns: [],
  createdAt,
});

/** The clock of the system itself: the local run's may be moved. */
const startOf = async ({ world, system }: Context): Promise<number> => {
  const control = system.localControl();
  return control === undefined ? world.now() : control.now();
};

const whatIsLeft = (id: string, secrets: StoreSecrets, active: readonly string[]): readonly string[] => [
  ...(secrets['shopify'] === undefined ? [`  For Shopify: store rotate-secret ${id} --source shopify`] : []),
  ...(active.length === 0
    ? [`  No campaign is on yet: store set ${id} --from ... --postal-address ... --activate welcome`]
    : []),
];

/** The deployment, where the id is still free. */
const operationsFor = async ({ world, system }: Context, id: string) => {
  const operations = await system.operations();
  if ((await operations.settings(id, world.now())) === undefined) return operations;
  throw new Refusal(`cannot add '${id}': the store exists in ${operations.where}`, [
    `Change it with: store set ${id} ...`,
  ]);
};

export const storeAdd = defineCommand({
  name: 'store add',
  takes: 'ID',
  summary: 'makes a store and its webhook secrets',
  options: {
    name: { value: 'NAME', about: 'the name customers know the shop by (needed)' },
    currency: { value: 'CODE', about: 'ISO 4217; cannot be changed later (needed)' },
    'time-zone': { value: 'ZONE', about: 'IANA, for example Europe/London (needed)' },
    ...settingOptions,
    'shopify-secret-stdin': { about: "read Shopify's signing secret from a pipe, or unseen from the terminal" },
  },
  examples: [
    'store add harbour --name "Harbour & Pine" --currency GBP --time-zone Europe/London',
    'store add harbour --name "Harbour & Pine" --currency GBP --time-zone Europe/London --shopify-secret-stdin < secret.txt',
  ],
  schema,
  async run(args, context) {
    const { world, system } = context;
    const [id] = args.words;
    const operations = await operationsFor(context, id);
    const createdAt = await startOf(context);
    const set = withWarmup(applySettings(fresh(args, createdAt), args), args.warmup, createdAt);
    const settings = switchCampaigns(set, args.activate ?? [], []);
    const kept = await operations.secrets(id);
    const standard = newStandardSecret(world);
    const secrets: StoreSecrets = {
      ...kept,
      standard: [standard],
      ...(args['shopify-secret-stdin'] ? { shopify: [await shopifySecret(world)] } : {}),
    };
    const key = await operations.ensureDeploymentKey(world.randomBytes);
    await operations.putSecrets(id, secrets);
    await operations.putSettings(settings);
    const webhooks = webhookUrls(await system.publicUrl(), id, Object.keys(secrets));
    const { activeCampaigns } = settings;
    return {
      json: {
        store: id,
        where: operations.where,
        deploymentKey: key,
        webhooks,
        secrets: { standard },
        activeCampaigns,
      },
      text: (paint) => [
        `${paint.green('✓')} store ${paint.bold(id)} added in ${operations.where}`,
        '',
        ...columns([
          ...Object.entries(webhooks).map(([source, url]) => [`${source} webhook`, url]),
          ['standard secret', paint.bold(standard)],
        ]),
        '',
        '  The secret is shown this once. It is kept encrypted; to replace it: store rotate-secret.',
        ...whatIsLeft(id, secrets, activeCampaigns),
      ],
    };
  },
});
