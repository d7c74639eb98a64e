import * as z from 'zod';
import { publishedView } from '../../../../functions/admin/lifecycle/put-lifecycle.ts';
import { type Context, defineCommand, type Report } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { AdminApi } from '../../system/admin-api.ts';
import { followRebase } from '../../system/rebase-progress.ts';
import { type Plan, planText } from '../../text/lifecycle/plan-text.ts';
import { rebaseText } from '../../text/lifecycle/rebase-text.ts';
import { paintFor } from '../../text/paint.ts';
import type { World } from '../../world.ts';
import { lifecycleText, presetOption } from './lifecycle-file.ts';
import { fileWords, planOf } from './plan.ts';

const schema = z.strictObject({
  words: fileWords,
  preset: z.string().optional(),
  yes: z.boolean().default(false),
  'no-follow': z.boolean().default(false),
});

const agreed = async (world: World, plan: Plan): Promise<boolean> => {
  const shown = planText(plan, paintFor(world.isTty, world.env)).join('\n');
  const answer = await world.ask(`${shown}\nPublish it? yes/no: `);
  return /^y(es)?$/i.test(answer.trim());
};

const publish = async (api: AdminApi, yaml: string): Promise<z.output<typeof publishedView>> => {
  const found = await api.put('/v1/lifecycle', { yaml }, publishedView);
  if (found.type === 'absent') throw new Refusal(found.detail);
  return found.body;
};

const applied = async (
  { world }: Context,
  api: AdminApi,
  yaml: string,
  plan: Plan,
  follow: boolean,
): Promise<Report> => {
  const { rebase: begun, ...published } = await publish(api, yaml);
  const rebase = follow ? await followRebase(world, api) : begun;
  return {
    json: { plan, ...published, rebase: rebase ?? null },
    text: (paint) => [
      ...planText(plan, paint),
      '',
      `${paint.green('✓')} lifecycle ${published.name} v${published.version} published`,
      rebaseText(rebase, paint),
      ...(follow ? [] : ['  See it come on: rebase --follow']),
    ],
  };
};

export const apply = defineCommand({
  name: 'apply',
  takes: '[FILE]',
  summary: `publishes a lifecycle: shows the plan, asks, takes it over and looks at everybody again`,
  options: {
    preset: presetOption,
    yes: { about: 'do not ask' },
    'no-follow': { about: 'come back at once; the rebase goes on by itself' },
  },
  examples: ['apply', 'apply my-stages.yaml --yes --no-follow', 'apply --preset four-stage'],
  schema,
  async run({ words: [file], preset, yes, 'no-follow': leave }, context) {
    const { world, system } = context;
    const text = await lifecycleText(world, { file, preset });
    const api = await system.api();
    const plan = await planOf(api, text);
    if (!plan.changed) return { json: { plan, changed: false }, text: (paint) => planText(plan, paint) };
    if (!yes && !(await agreed(world, plan)))
      throw new Refusal('nothing was published', ['Say yes when asked, or give --yes.']);
    return applied(context, api, text, plan, !leave && world.isTty);
  },
});
