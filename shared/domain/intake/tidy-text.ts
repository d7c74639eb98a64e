const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// One visible character can be made of any number of code points.
const unitsPerGrapheme = 4;

const cutAt = (text: string, max: number): string => {
  if (text.length <= max) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of graphemes.segment(text.slice(0, max * unitsPerGrapheme * 4))) {
    if (count === max || kept.length + segment.length > max * unitsPerGrapheme) break;
    kept += segment;
    count += 1;
  }
  return kept;
};

/**
 * A name or title as it may be stored and shown: NFC, well formed, without control characters, bidi overrides and outer white space,
 * cut between visible characters.
 *
 * @param max Visible characters that stay; combining marks cannot stretch that beyond four code units each.
 * @returns `undefined` when nothing is left.
 * @example tidyText('  Ada\u0007 '); // 'Ada'
 */
export const tidyText = (text: string | null | undefined, max = 100): string | undefined => {
  const clean = (text ?? '')
    .slice(0, 100_000)
    .toWellFormed()
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .normalize('NFC')
    .trim();
  const cut = cutAt(clean, max).toWellFormed().trimEnd();
  return cut === '' ? undefined : cut;
};

/** An id of the outside world as text: printable, well formed, at most 128 characters; numbers keep all their digits. */
export const tidyId = (id: string | number | null | undefined): string | undefined => {
  const text = String(id ?? '').trim();
  return /^[\p{L}\p{N}\p{P}\p{S}\p{M} ]{1,128}$/u.test(text) ? text : undefined;
};

/** A web address that a mail may link to: absolute, http or https, without credentials; anything else is dropped. */
export const tidyUrl = (text: string | null | undefined): string | undefined => {
  const url = text && text.length <= 500 ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url.href : undefined;
};
