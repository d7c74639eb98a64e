/** Languages written from right to left, by their usual script. */
const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);
const rightToLeftLetter =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const leftToRightLetter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

export type Direction = 'ltr' | 'rtl';

export const directionOf = (language: string): Direction =>
  rightToLeft.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';

/** Puts Unicode isolates (FSI, PDI) around a text of the other direction, so that commas and full stops beside it stay in place. */
export const isolated = (text: string, around: Direction): string =>
  (around === 'ltr' ? rightToLeftLetter : leftToRightLetter).test(text) ? `\u2068${text}\u2069` : text;
