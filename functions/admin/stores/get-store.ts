import * as z from 'zod';
import { toIso } from '../../../shared/domain/time.ts';
import { anyRole, personalRoles } from '../caller.ts';
import { instant } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';

const texts = z.array(z.string());

export const storeView = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string().meta({ description: 'ISO 4217' }),
  timeZone: z.string().meta({ description: 'IANA zone' }),
  from: z.string().nullable(),
  replyTo: z.string().nullable(),
  postalAddress: z.string().nullable(),
  siteUrl: z.string().nullable(),
  baseUrl: z.string().nullable(),
  quietHours: z.string().meta({ example: '21:00-08:00' }),
  horizonDays: z.number(),
  rhythm: z.enum(['fast', 'normal', 'slow', 'durable']),
  buyersWithoutOptIn: z.enum(['never', 'softOptIn', 'optOut']),
  doubleOptIn: z
    .union([z.enum(['never', 'always']), texts])
    .meta({ description: 'Whose yes is confirmed by mail before it counts: a word, or countries' }),
  topics: texts.meta({ description: 'What people may leave out one by one' }),
  pendingCounts: z.boolean(),
  exclude: z.object({ tags: texts.optional(), emailDomains: texts.optional(), channels: texts.optional() }),
  activeCampaigns: texts,
  rewardCodes: z.record(z.string(), z.string()).optional().meta({ description: 'Not for viewers' }),
  createdAt: instant,
});

export const getStore = defineRoute({
  method: 'GET',
  path: '/v1/store',
  operationId: 'getStore',
  summary: "The store's settings",
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: storeView,
  async run(_deps, { store, role }) {
    const { tags, emailDomains, channels } = store.exclude;
    return ok({
      ...store,
      from: store.from ?? null,
      replyTo: store.replyTo ?? null,
      postalAddress: store.postalAddress ?? null,
      siteUrl: store.siteUrl ?? null,
      baseUrl: store.baseUrl ?? null,
      quietHours: store.quietHours ?? '21:00-08:00',
      doubleOptIn: typeof store.doubleOptIn === 'object' ? [...store.doubleOptIn] : (store.doubleOptIn ?? 'never'),
      topics: [...(store.topics ?? [])],
      exclude: {
        tags: tags && [...tags],
        emailDomains: emailDomains && [...emailDomains],
        channels: channels && [...channels],
      },
      activeCampaigns: [...store.activeCampaigns],
      rewardCodes: personalRoles.includes(role) ? { ...store.rewardCodes } : undefined,
      createdAt: toIso(store.createdAt),
    });
  },
});
