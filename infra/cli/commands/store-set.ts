import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { Refusal, UsageError } from '../refusal.ts';
import { switchCampaigns } from '../settings/activate.ts';
import { applySettings } from '../settings/apply-settings.ts';
import { idField, nameField, settingFields, settingOptions, timeZoneField } from '../settings/setting-options.ts';
import { withWarmup } from '../settings/with-warmup.ts';
import { systemNow } from '../system/system-now.ts';
import { storeText } from '../text/store-text.ts';

const commaList = settingFields.activate;

const schema = z.strictObject({
  words: idField('store set'),
  name: nameField.optional(),
  'time-zone': timeZoneField.optional(),
  ...settingFields,
  pause: commaList,
});

export const storeSet = defineCommand({
  name: 'store set',
  takes: 'ID',
  summary: "changes a store's settings, switches campaigns on and off",
  options: {
    name: { value: 'NAME', about: 'the name customers know the shop by' },
    'time-zone': { value: 'ZONE', about: 'IANA, for example Europe/London' },
    ...settingOptions,
    pause: { value: 'A,B', about: 'campaigns to switch off' },
  },
  examples: [
    'store set harbour --from "Harbour & Pine <hello@example.com>" --postal-address "1 Quay Street, Bristol BS1 4DB, United Kingdom"',
    'store set harbour --reward loyalty=THANKYOU --activate welcome,loyalty-reward',
    'store set harbour --pause upsell',
  ],
  schema,
  async run({ words: [id], name, 'time-zone': timeZone, pause, ...given }, context) {
    const { world, system } = context;
    if ([name, timeZone, pause, ...Object.values(given)].every((value) => value === undefined)) {
      throw new UsageError(['store set needs something to set']);
    }
    const operations = await system.operations();
    const before = await operations.settings(id, world.now());
    if (before === undefined) {
      throw new Refusal(`cannot set '${id}': there is no such store in ${operations.where}`, [
        `Make it with: store add ${id} ...`,
      ]);
    }
    const renamed = { ...before, name: name ?? before.name, timeZone: timeZone ?? before.timeZone };
    const now = await systemNow(context);
    const set = withWarmup(applySettings(renamed, given), given.warmup, now);
    const after = switchCampaigns(set, given.activate ?? [], pause ?? []);
    await operations.putSettings(after, { before, now });
    return {
      json: { store: after, where: operations.where },
      text: (paint) => [
        `${paint.green('✓')} saved in ${operations.where}; functions see it within a minute`,
        '',
        ...storeText(after, paint),
      ],
    };
  },
});
