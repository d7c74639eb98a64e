import type { DoubleOptIn } from '../../../domain/consent/double-opt-in.ts';
import type { Suppression } from '../../../domain/customers/suppression.ts';
import type { Exclusions, StoreSettings } from '../../../domain/store.ts';
import { type Codec, flag, listOf, mapOf, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

const exclusionsShape = shape<Exclusions>({
  tags: ['tags', listOf(text), 'optional'],
  emailDomains: ['emailDomains', listOf(text), 'optional'],
  channels: ['channels', listOf(text), 'optional'],
});

const countries = listOf(text);
const rule = oneOf(['never', 'always']);
/** A word, or a list of countries. */
const doubleOptIn: Codec<DoubleOptIn> = {
  encode: (value) => (value === 'never' || value === 'always' ? rule.encode(value) : countries.encode(value)),
  decode: (attribute, path) => (attribute?.L ? countries : rule).decode(attribute, path),
};

export const storeItem = itemOf(
  'STORE',
  shape<Omit<StoreSettings, 'adopted'>>({
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
    doubleOptIn: ['doubleOptIn', doubleOptIn, 'optional'],
    topics: ['topics', listOf(text), 'optional'],
    pausedAt: ['pausedAt', number, 'optional'],
    restoredAt: ['restoredAt', number, 'optional'],
    warmupFrom: ['warmupFrom', number, 'optional'],
    pendingCounts: ['pendingCounts', flag],
    exclude: ['exclude', exclusionsShape],
    rewardCodes: ['rewardCodes', mapOf(text)],
    activeCampaigns: ['activeCampaigns', listOf(text)],
    createdAt: ['createdAt', number],
  }),
);

/** Attribute name, for the writer that updates instead of putting. */
export const liftedName = 'liftedAt';

export const suppressionItem = itemOf(
  'SUPPRESSION',
  shape<Suppression>({
    by: ['by', oneOf(['bounce', 'complaint', 'operator', 'erasure'])],
    at: ['at', number],
    liftedAt: [liftedName, number, 'optional'],
  }),
);
