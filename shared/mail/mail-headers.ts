import { mailFault } from './mail-fault.ts';
import { unprintable, webUrl } from './values/store-details.ts';

/** SES takes a header value of 995 printable ASCII characters; a folded one has broken DKIM signatures elsewhere. */
const maxHeaderLength = 995;
/** Nobody reads more of a subject; encoded it is at most six times as long, and its header is folded. */
const maxTextLength = 500;
const thisMachine = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** One-click unsubscribe (RFC 8058): https, the address alone in angle brackets, each header on one line. */
export const unsubscribeHeaders = (template: string, unsubscribeUrl: string): Readonly<Record<string, string>> => {
  const url = webUrl(template, 'unsubscribeUrl', unsubscribeUrl);
  if (url.protocol !== 'https:' && !thisMachine.test(url.hostname)) {
    throw mailFault(template, 'unsubscribeUrl', 'be https (RFC 8058)', 'http');
  }
  const value = `<${url.href}>`;
  if (value.length > maxHeaderLength || !/^<[!-;=?-~]+>$/.test(value)) {
    throw mailFault(
      template,
      'unsubscribeUrl',
      `fit one header line of ${maxHeaderLength}`,
      `${value.length} characters`,
    );
  }
  return { 'List-Unsubscribe': value, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
};

/** The last gate before a header: whatever a template or a setting did, no line break, control character or encoded word leaves here. */
export const assertHeaderText = (template: string, field: string, text: string): string => {
  if (text === '' || text.length > maxTextLength || unprintable.test(text) || text.includes('=?')) {
    const got = text.length > maxTextLength ? `${text.length} characters` : 'something else';
    throw mailFault(template, field, `be one line of 1 to ${maxTextLength} characters`, text === '' ? 'nothing' : got);
  }
  return text;
};
