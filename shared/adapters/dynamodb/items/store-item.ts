import type { Suppression } from '../../../domain/customers/suppression.ts';
import type { Exclusions, StoreSettings } from '../../../domain/store.ts';
import { flag, listOf, mapOf, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

const exclusionsShape = shape<Exclusions>({
  tags: ['tags', listOf(text), 'optional'],
  emailDomains: ['emailDomains', listOf(text), 'optional'],
  channels: ['channels', listOf(text), 'optional'],
});

export const storeItem = itemOf(
  'STORE',
  shape<StoreSettings>({
    id: ['id', text],
    name: ['name', text],
    currency: ['currency', text],
    timeZone: ['timeZone', text],
    from: ['from', text, 'optional'],
    replyTo: ['replyTo', text, 'optional'],
    postalAddress: ['postalAddress', text, 'optional'],
    siteUrl: ['siteUrl', text, 'optional'],
    baseUrl: ['baseUrl', text, 'optional'],
    quietHours: ['quietHours', text, 'optional'],
    horizonDays: ['horizonDays', number],
    rhythm: ['rhythm', oneOf(['fast', 'normal', 'slow', 'durable'])],
    buyersWithoutOptIn: ['buyersWithoutOptIn', oneOf(['never', 'softOptIn', 'optOut'])],
    softOptInCountries: ['softOptInCountries', listOf(text), 'optional'],
    pendingCounts: ['pendingCounts', flag],
    exclude: ['exclude', exclusionsShape],
    rewardCodes: ['rewardCodes', mapOf(text)],
    activeCampaigns: ['activeCampaigns', listOf(text)],
    createdAt: ['createdAt', number],
  }),
);

export const suppressionItem = itemOf(
  'SUPPRESSION',
  shape<Suppression>({ by: ['by', oneOf(['bounce', 'complaint', 'operator', 'erasure'])], at: ['at', number] }),
);
