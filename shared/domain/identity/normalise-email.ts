import { domainToASCII } from 'node:url';

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`);
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const asciiDomain = (text: string): string | undefined => {
  // The conversion is a browser's: it would also decode %61 and read 1.2 as a number, so only letters, digits, dots and hyphens go in.
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(text)) return undefined;
  const domain = domainToASCII(text);
  const labels = domain.split('.');
  const plausible = labels.length > 1 && labels.every((l) => label.test(l)) && /\.[^.]*[a-z][^.]*$/.test(domain);
  return plausible && domain.length <= 253 ? domain : undefined;
};

/**
 * The one form of an e-mail address: trimmed, lower case, NFC, domain in Punycode. Dots and plus tags stay: they are the owner's business.
 *
 * @returns `undefined` when the text is no address that can be mailed; a non-ASCII local part (SMTPUTF8) is none, as SES refuses it.
 * @example normaliseEmail(' Ada@BÜCHER.example '); // 'ada@xn--bcher-kva.example'
 */
export const normaliseEmail = (text: string): string | undefined => {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at > 64 || trimmed.length > 320) return undefined;
  // Before any folding: the Kelvin sign folds to an ASCII k and must not become somebody else's address.
  const local = trimmed.slice(0, at).toLowerCase();
  const domain = asciiDomain(
    trimmed
      .slice(at + 1)
      .normalize('NFC')
      .toLowerCase(),
  );
  if (domain === undefined || !/^[\x21-\x7e]+$/.test(trimmed.slice(0, at)) || !localPart.test(local)) return undefined;
  const address = `${local}@${domain}`;
  return address.length <= 254 ? address : undefined;
};
