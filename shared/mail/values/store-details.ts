import type { StoreSettings } from '../../domain/store.ts';
import { mailFault } from '../mail-fault.ts';

/** What a mail may know of the shop. */
export type MailStore = Pick<
  StoreSettings,
  'name' | 'currency' | 'timeZone' | 'from' | 'replyTo' | 'postalAddress' | 'siteUrl'
>;

/** Anything that could end a line, hide text or break a header: C0, C1, DEL, line and paragraph separators, lone surrogates. */
export const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The shop's name stands in subjects and in the footer: one printable line, or the mail does not go. */
export const storeName = (template: string, name: string): string => {
  const tidy = name.normalize('NFC').trim();
  if (tidy === '' || unprintable.test(tidy))
    throw mailFault(template, 'store.name', 'be one line of text', 'something else');
  return tidy;
};

/** The postal address as lines. Every commercial mail carries one (CAN-SPAM, 16 CFR 316; UWG and ePrivacy ask the same). */
export const postalLines = (template: string, address: string | undefined): readonly string[] => {
  const lines = (address ?? '')
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw mailFault(template, 'store.postalAddress', 'be set', 'nothing');
  if (lines.some((line) => unprintable.test(line))) {
    throw mailFault(template, 'store.postalAddress', 'be lines of text', 'control characters');
  }
  return lines;
};

/** A link a mail may carry: http or https, without credentials. `URL` percent-encodes what could leave an attribute or a header. */
export const webUrl = (template: string, field: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw mailFault(
      template,
      field,
      'be an http or https address',
      url === undefined ? 'no address' : `one with ${url.protocol}`,
    );
  }
  return url;
};
