import * as z from 'zod';
import { previewView } from '../../../../functions/admin/lifecycle/preview-lifecycle.ts';
import { defineCommand } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { AdminApi } from '../../system/admin-api.ts';
import { type Plan, planText } from '../../text/lifecycle/plan-text.ts';
import type { World } from '../../world.ts';
import { lifecycleText, presetOption, presetText, usualFile } from './lifecycle-file.ts';

export const fileWords = z.array(z.string().min(1)).max(1, 'there is one lifecycle, so one file');

/** What publishing this text would change. */
export const planOf = async (api: AdminApi, yaml: string): Promise<Plan> => {
  const found = await api.post('/v1/lifecycle:preview', { yaml }, previewView);
  if (found.type === 'absent') throw new Refusal(found.detail);
  return found.body;
};

const write = async (world: World, file: string, preset: string): Promise<void> => {
  if ((await world.writeNewFile(file, presetText(preset))) === 'there')
    throw new Refusal(`${file} is there already; it was left as it is`, [
      `Name another: plan OTHER.yaml --preset ${preset} --write`,
    ]);
};

export const plan = defineCommand({
  name: 'plan',
  takes: '[FILE]',
  summary: `what publishing a lifecycle would change, in days and people; changes nothing; FILE is ${usualFile} where none is named`,
  options: {
    preset: presetOption,
    write: { about: 'with --preset: write it to FILE, to be changed' },
  },
  examples: ['plan', 'plan my-stages.yaml', 'plan --preset four-stage', 'plan --preset four-stage --write'],
  schema: z
    .strictObject({ words: fileWords, preset: z.string().optional(), write: z.boolean().default(false) })
    .refine(({ preset, write: asked }) => preset !== undefined || !asked, {
      path: ['write'],
      message: 'needs --preset: what should be written?',
    }),
  async run({ words: [file = usualFile], preset, write: asked }, { world, system }) {
    if (asked && preset !== undefined) await write(world, file, preset);
    const text = await lifecycleText(world, { file, preset });
    const found = await planOf(await system.api(), text);
    return {
      json: found,
      text: (paint) => [...(asked ? [`${paint.green('✓')} ${file} written`] : []), ...planText(found, paint)],
    };
  },
});
