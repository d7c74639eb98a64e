const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
// Regions the locale data know that are no country anybody lives in.
const noCountry = new Set(['ZZ', 'XA', 'XB', 'EU', 'EZ', 'UN', 'QO']);

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/**
 * An ISO 3166-1 country in its present spelling; what is none is dropped.
 *
 * @example tidyCountry('uk'); // 'GB'
 */
export const tidyCountry = (text: string | null | undefined): string | undefined => {
  const code = (text ?? '').trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  if (!countries.has(code)) countries.set(code, countryOf(code));
  return countries.get(code);
};

/** Asked for with every payload; there are no more than 26 x 26. */
const countries = new Map<string, string | undefined>();

const countryOf = (code: string): string | undefined => {
  const region = attempt(() => new Intl.Locale(`und-${code}`).region);
  return region && !noCountry.has(region) && regionNames.of(region) ? region : undefined;
};

/** The subdivision part of an ISO 3166-2 code (`NY`, `13`); what is none is dropped. */
export const tidyProvince = (text: string | null | undefined): string | undefined => {
  const code = (text ?? '')
    .trim()
    .toUpperCase()
    .replace(/^[A-Z]{2}-/, '');
  return /^[A-Z0-9]{1,3}$/.test(code) ? code : undefined;
};

/**
 * A BCP 47 locale in canonical spelling; what is none is dropped.
 *
 * @example tidyLocale('pt_br'); // 'pt-BR'
 */
export const tidyLocale = (text: string | null | undefined): string | undefined => {
  const tag = (text ?? '').trim().replaceAll('_', '-');
  return tag === '' || tag.length > 35 ? undefined : attempt(() => new Intl.Locale(tag).toString());
};

/** An IANA zone this system can compute with; offsets such as `+01:00` are no zone, they know no summer time. */
export const tidyZone = (text: string | null | undefined): string | undefined => {
  const zone = (text ?? '').trim();
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  return attempt(() => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone);
};
