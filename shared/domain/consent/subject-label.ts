import type { Profile } from '../customers/profile.ts';

/**
 * What the subject of a commercial mail must begin with where the reader lives: in China `广告` or `AD` (Measures for the
 * Administration of Internet E-mail Services, Order 38 of 2006, art. 13(3)); the reader's language chooses. Nothing elsewhere.
 */
export const labelled = (subject: string, { country, locale }: Pick<Profile, 'country' | 'locale'>): string => {
  if (country !== 'CN') return subject;
  return `${/^en\b/i.test(locale ?? 'zh') ? 'AD' : '广告'} ${subject}`;
};
