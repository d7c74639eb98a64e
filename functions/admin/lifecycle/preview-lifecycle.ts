import * as z from 'zod';
import { excludedStage } from '../../../shared/domain/customers/excluded.ts';
import { type Preview, previewOf } from '../../../shared/domain/definitions/preview.ts';
import { changeOf, type DraftChange } from '../../definitions/change-of.ts';
import { drawSample } from '../../sample/draw-sample.ts';
import { loadSample } from '../../sample/load-sample.ts';
import { anyRole } from '../caller.ts';
import { defineRoute, ok } from '../route.ts';
import { draftOfBody, lifecycleBody } from './draft-of-body.ts';
import { bandDays, count, version } from './lifecycle-view.ts';

/** Customers asked, at most: the answer has to come within seconds. */
const wantedCustomers = 2_000;

const named = z.object({ version, name: z.string() });

export const previewView = z.object({
  before: named,
  after: named,
  changed: z.boolean().meta({ description: 'false: it says what is adopted already' }),
  customers: count.meta({ description: 'Customers of the store; an estimate where only some were asked' }),
  asked: count.meta({ description: 'Of them, those asked: a fair sample where there are many' }),
  thresholds: z.array(z.object({ share: z.number(), before: bandDays, after: bandDays })),
  stages: z
    .array(z.object({ id: z.string(), customers: count }))
    .meta({ description: 'Where those asked would stand' }),
  moves: z
    .array(z.object({ from: z.string(), to: z.string(), customers: count }))
    .meta({ description: 'Of those asked, who would move; most first. No mail fires' }),
  excluded: count.meta({ description: 'Of those asked, who would stand in no stage' }),
  silentCampaigns: z
    .array(z.object({ campaign: z.string(), stages: z.array(z.string()) }))
    .meta({ description: 'Active campaigns that wait for stages it does not have' }),
});

const nameOf = ({ version: number, name }: DraftChange['after']) => ({ version: number, name });

const viewOf = (change: DraftChange, customers: number, preview: Preview): z.input<typeof previewView> => ({
  before: nameOf(change.before.lifecycle),
  after: change.same ? nameOf(change.before.lifecycle) : nameOf(change.after),
  changed: !change.same,
  customers: Math.max(customers, preview.asked),
  asked: preview.asked,
  thresholds: preview.thresholds.map(({ share, before, after }) => ({ share, before: [...before], after: [...after] })),
  stages: preview.stages.filter(({ id }) => id !== excludedStage).map((stage) => ({ ...stage })),
  moves: preview.moves.map((move) => ({ ...move })),
  excluded: preview.stages.find(({ id }) => id === excludedStage)?.customers ?? 0,
  silentCampaigns: preview.silentCampaigns.map(({ campaign, stages }) => ({ campaign, stages: [...stages] })),
});

export const previewLifecycle = defineRoute({
  method: 'POST',
  path: '/v1/lifecycle:preview',
  operationId: 'previewLifecycle',
  summary: 'What publishing this lifecycle would change, in days and people; changes nothing',
  roles: anyRole,
  query: z.strictObject({}),
  body: z.unknown(),
  describedBody: lifecycleBody,
  response: previewView,
  async run(deps, { store, body, now }) {
    const read = draftOfBody(body);
    if (read.type === 'problem') return read;
    const change = await changeOf(deps, store, read.draft, now);
    const { before } = change;
    const drawn = await drawSample(deps.roll, store.id, { wanted: wantedCustomers });
    const sample = await loadSample(deps.customers, store, drawn.customers);
    const after = { lifecycle: change.after, fit: before.fit };
    const subjects = sample.map(({ subject }) => subject);
    const preview = previewOf({ before, after }, store, before.campaigns, subjects, now);
    return ok(viewOf(change, drawn.total, preview));
  },
});
