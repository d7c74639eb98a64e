import type { Profile } from '../../domain/customers/profile.ts';
import { days, type EpochMs } from '../../domain/time.ts';
import { remembered } from '../remembered.ts';
import type { MailStore } from './store-details.ts';

export type MailFormats = Readonly<{
  date: (at: EpochMs) => string;
  /** `March`, or `March 2025` once the bare month could be mistaken for this year's. */
  month: (at: EpochMs) => string;
  money: (amountMinor: number) => string;
}>;

const parsedLocale = (tag: string | undefined): Intl.Locale | undefined => {
  try {
    return tag === undefined ? undefined : new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
};

const knownRegion = (country: string | undefined): string | undefined =>
  country !== undefined && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined;

/**
 * The reader's own locale where the mail speaks its language; else the mail's language as written in the reader's region:
 * an English mail to Germany says `15 June 2026`, never `15. Juni`, and always by the Gregorian calendar.
 */
export const localeFor = (language: string, { locale, country }: Profile): string => {
  const own = parsedLocale(locale);
  if (own !== undefined && own.language === language) return own.toString();
  const region = own?.region ?? knownRegion(country) ?? (language === 'en' ? 'GB' : undefined);
  return new Intl.Locale(language, { calendar: 'gregory', ...(region !== undefined && { region }) }).toString();
};

const zoneExists = remembered((timeZone): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
});

/** A zone this runtime does not know falls back to the store's, then to UTC. */
const knownZone = (zones: readonly (string | undefined)[]): string =>
  zones.find((zone) => zone !== undefined && zoneExists(zone)) ?? 'UTC';

/** No locale, zone or currency holds the separator. */
const keyOf = (...parts: readonly string[]): string => parts.join('|');

const dateFormats = remembered((key) => {
  const [locale = 'en', timeZone = 'UTC'] = key.split('|');
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  return {
    date: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    month: format({ month: 'long' }),
    monthAndYear: format({ month: 'long', year: 'numeric' }),
  };
});

const moneyFormat = remembered((key): MailFormats['money'] => {
  const [locale = 'en', currency = 'XXX'] = key.split('|');
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (amountMinor) => format.format(amountMinor / 10 ** digits);
});

/** Dates and money as this customer reads them. */
export const formatsFor = (language: string, profile: Profile, store: MailStore, now: EpochMs): MailFormats => {
  const locale = localeFor(language, profile);
  const formats = dateFormats(keyOf(locale, knownZone([profile.timeZone, store.timeZone])));
  return {
    date: (at) => formats.date.format(at),
    month: (at) => (now - at > days(300) ? formats.monthAndYear : formats.month).format(at),
    money: moneyFormat(keyOf(locale, store.currency)),
  };
};
