import { unprintable } from './store-details.ts';

const maxGraphemes = 40;
/** A grapheme may be built of any number of code points; this ends stacks of combining marks. */
const maxCodeUnits = 120;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Overrides and embeddings that would turn the line around, byte order marks and soft hyphens. Joiners stay: emoji and Persian need them. */
const invisible = /[\u00ad\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** What sign-up robots put where a name belongs, so that a shop mails their advertisement. */
const address = /:\/\/|www\.|@|\.\p{L}{2,}(?:[/?#]|$)/iu;
const placeholder = /^(?:null|undefined|n\/a|unknown|guest|customer|test)$/i;

const cut = (text: string): string => {
  let kept = '';
  let count = 0;
  for (const { segment } of graphemes.segment(text.slice(0, 4 * maxCodeUnits))) {
    if (count === maxGraphemes || kept.length + segment.length > maxCodeUnits) return `${kept.trimEnd()}…`;
    kept += segment;
    count += 1;
  }
  return kept;
};

/**
 * A name as a greeting may show it, or nothing when it could not be one: then the greeting does without.
 *
 * Refused, not repaired: control characters and line breaks, lone surrogates, encoded words (`=?`), web and mail
 * addresses, placeholders, texts without a letter or a pictograph. Longer names are cut at a grapheme, with an ellipsis.
 */
export const presentableName = (name: string | undefined): string | undefined => {
  if (name === undefined || unprintable.test(name)) return undefined;
  const tidy = name.replace(invisible, '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if (tidy.includes('=?') || address.test(tidy) || placeholder.test(tidy)) return undefined;
  const shown = cut(tidy);
  return /[\p{L}\p{Extended_Pictographic}]/u.test(shown) ? shown : undefined;
};
