import * as z from 'zod';
import { defineCommand } from '../../command.ts';
import { followRebase, rebaseOf } from '../../system/rebase-progress.ts';
import { rebaseText } from '../../text/lifecycle/rebase-text.ts';

export const rebase = defineCommand({
  name: 'rebase',
  takes: '',
  summary: 'how far looking at everybody again, under a new lifecycle or fit, has come',
  options: { follow: { about: 'stay until it is through' } },
  examples: ['rebase', 'rebase --follow'],
  schema: z.strictObject({
    words: z.tuple([], { error: 'rebase takes no words' }),
    follow: z.boolean().default(false),
  }),
  async run({ follow }, { world, system }) {
    const api = await system.api();
    const found = follow ? await followRebase(world, api) : await rebaseOf(api);
    return { json: { rebase: found ?? null }, text: (paint) => [rebaseText(found, paint)] };
  },
});
