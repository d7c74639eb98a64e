import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import { idField } from '../settings/setting-options.ts';
import { columns } from '../text/columns.ts';
import { storeText } from '../text/store-text.ts';
import { webhookUrls } from '../text/webhook-urls.ts';

export const storeShow = defineCommand({
  name: 'store show',
  takes: 'ID',
  summary: "shows a store's settings and webhook addresses, no secret",
  options: {},
  examples: ['store show harbour'],
  schema: z.strictObject({ words: idField('store show') }),
  async run({ words: [id] }, { world, system }) {
    const operations = await system.operations();
    const settings = await operations.settings(id, world.now());
    if (settings === undefined) throw new Refusal(`there is no store '${id}' in ${operations.where}`);
    const secrets = (await operations.secrets(id)) ?? {};
    const valid = Object.fromEntries(Object.entries(secrets).map(([source, of]) => [source, of?.length ?? 0]));
    const webhooks = webhookUrls(await system.publicUrl(), id, Object.keys(valid));
    return {
      json: { store: settings, webhooks, secretsValid: valid, where: operations.where },
      text: (paint) => [
        ...storeText(settings, paint),
        '',
        ...columns(
          Object.entries(webhooks).map(([source, url]) => [
            `${source} webhook`,
            url,
            (valid[source] ?? 0) > 1 ? paint.yellow('two secrets valid: a rotation is under way') : '',
          ]),
        ),
      ],
    };
  },
});
