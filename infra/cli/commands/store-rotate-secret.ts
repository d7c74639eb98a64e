import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import { idField } from '../settings/setting-options.ts';
import {
  newStandardSecret,
  shopifySecret,
  sources,
  withNewSecret,
  withoutOldSecret,
} from '../settings/webhook-secrets.ts';
import { webhookUrls } from '../text/webhook-urls.ts';

const schema = z
  .strictObject({
    words: idField('store rotate-secret'),
    source: z.enum(sources, { error: `is needed: one of ${sources.join(', ')}` }),
    'keep-old': z.boolean().default(false),
    'drop-old': z.boolean().default(false),
  })
  .refine((args) => !(args['keep-old'] && args['drop-old']), {
    message: 'and --drop-old exclude each other',
    path: ['keep-old'],
  });

export const storeRotateSecret = defineCommand({
  name: 'store rotate-secret',
  takes: 'ID',
  summary: 'replaces a webhook secret; old and new are valid until --drop-old',
  options: {
    source: { value: 'shopify|standard', about: 'whose secret (needed)' },
    'keep-old': { about: 'take a new secret and keep the present one valid (the default)' },
    'drop-old': { about: 'take no new secret: end the rotation, only the newest stays valid' },
  },
  examples: [
    'store rotate-secret harbour --source standard',
    'store rotate-secret harbour --source standard --drop-old',
  ],
  schema,
  async run(args, { world, system }) {
    const [id] = args.words;
    const { source } = args;
    const operations = await system.operations();
    const secrets = await operations.secrets(id);
    if (secrets === undefined) throw new Refusal(`there is no store '${id}' in ${operations.where}`);
    if (args['drop-old']) {
      await operations.putSecrets(id, withoutOldSecret(secrets, source));
      return {
        json: { store: id, source, secretsValid: 1 },
        text: (paint) => [`${paint.green('✓')} only the newest ${source} secret is valid, within five minutes`],
      };
    }
    const secret = source === 'standard' ? newStandardSecret(world) : await shopifySecret(world);
    const next = withNewSecret(secrets, source, secret);
    await operations.putSecrets(id, next);
    const shown = source === 'standard' ? { secret } : {};
    const secretsValid = next[source]?.length ?? 0;
    const url = webhookUrls(await system.publicUrl(), id, [source])[source] ?? '';
    return {
      json: { store: id, source, secretsValid, url, ...shown },
      text: (paint) => [
        `${paint.green('✓')} the new ${source} secret of ${paint.bold(id)} is valid from its first delivery on`,
        ...(source === 'standard' ? ['', `  ${paint.bold(secret)}`, '', '  It is shown this once.'] : []),
        `  Deliveries go to ${url}`,
        ...(secretsValid > 1
          ? [`  The old one is valid too, until: store rotate-secret ${id} --source ${source} --drop-old`]
          : []),
      ],
    };
  },
});
