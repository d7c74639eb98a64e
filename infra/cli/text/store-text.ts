import type { StoreSettings } from '../../../shared/domain/store.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { columns } from './columns.ts';
import type { Paint } from './paint.ts';

const listed = (words: readonly string[] | undefined): string =>
  words === undefined || words.length === 0 ? 'none' : words.join(', ');

/** A store's settings, aligned; what keeps campaigns from going out stands out. */
export const storeText = (settings: StoreSettings, paint: Paint): readonly string[] => {
  const missing = paint.yellow('not set');
  const { exclude } = settings;
  return [
    `${paint.bold(settings.id)}  ${settings.name}`,
    '',
    ...columns([
      ['currency', settings.currency],
      ['time zone', settings.timeZone],
      ['sender', settings.from ?? missing],
      ['answers to', settings.replyTo ?? 'the sender'],
      ['postal address', settings.postalAddress?.replaceAll('\n', ', ') ?? missing],
      ['shop', settings.siteUrl ?? 'not set'],
      ['unsubscribe links at', settings.baseUrl ?? 'the API'],
      ['quiet hours', settings.quietHours ?? '21:00-08:00'],
      ['rhythm', settings.rhythm],
      ['horizon', `${settings.horizonDays} days`],
      ['buyers without opt-in', [settings.buyersWithoutOptIn, ...(settings.softOptInCountries ?? [])].join(' ')],
      ['confirmed by mail', [settings.doubleOptIn ?? 'never'].flat().join(' ')],
      ['topics', listed(settings.topics)],
      ['mail', settings.pausedAt === undefined ? 'on' : paint.yellow('paused')],
      ['warm-up', settings.warmupFrom === undefined ? 'off' : `since ${toIso(settings.warmupFrom).slice(0, 10)}`],
      ['pending orders count', settings.pendingCounts ? 'yes' : 'no'],
      ['kept out: tags', listed(exclude.tags)],
      ['kept out: domains', listed(exclude.emailDomains)],
      ['kept out: channels', listed(exclude.channels)],
      ['rewards', listed(Object.entries(settings.rewardCodes).map(([name, code]) => `${name}=${code}`))],
      ['campaigns that are on', listed(settings.activeCampaigns)],
    ]),
  ];
};
