import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';
import { isCurrency } from '../../../shared/domain/orders/money.ts';

/** Why a value cannot be a setting; `undefined` when it can. */
export type Check = (value: string) => string | undefined;

const rule =
  (holds: (value: string) => boolean, text: string): Check =>
  (value) =>
    holds(value) ? undefined : text;

const isZone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(value);
  } catch {
    return false;
  }
};

const isWebAddress = (value: string): boolean => {
  const url = URL.parse(value);
  return (
    url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.)/.test(url.hostname)))
  );
};

/** `Name <address>` or an address alone. */
const isSender = (value: string): boolean => {
  const [, name = '', address = value] = /^([^<>\r\n]*)<([^<>]+)>$/.exec(value) ?? [];
  return name.length <= 100 && !/["\\\p{Cc}]/u.test(name) && normaliseEmail(address) !== undefined;
};

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const checks = {
  id: rule(
    (v) => /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(v),
    'the store id must be 1 to 40 lower-case letters, digits and inner hyphens',
  ),
  name: rule(
    (v) => v.trim() !== '' && v.length <= 100 && !/\p{Cc}/u.test(v),
    'must be 1 to 100 characters on one line',
  ),
  currency: rule((v) => isCurrency(v) && currencies.has(v), 'must be an ISO 4217 code, for example GBP'),
  timeZone: rule(isZone, 'must be an IANA time zone, for example Europe/London'),
  from: rule(isSender, 'must be an address, or a name and an address: "Harbour & Pine <hello@example.com>"'),
  replyTo: rule(isSender, 'must be an address, or a name and an address'),
  postalAddress: rule((v) => v.trim().length >= 10 && !/(?!\n)\p{Cc}/u.test(v), 'must be a full postal address'),
  siteUrl: rule(isWebAddress, 'must be an https address'),
  baseUrl: rule(isWebAddress, 'must be an https address'),
  quietHours: rule(
    (v) => /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(v),
    'must be hours like 21:00-08:00',
  ),
  horizonDays: rule((v) => /^[1-9]\d{0,3}$/.test(v) && Number(v) <= 1_095, 'must be 1 to 1095 days'),
  rewardName: rule((v) => /^[a-z0-9-]{1,40}$/.test(v), 'must be NAME=CODE, the name in lower case'),
  rewardCode: rule((v) => /^[^\s\p{Cc}]{1,64}$/u.test(v), 'must be NAME=CODE, the code without spaces'),
  topic: rule(
    (v) => /^[\p{L}\p{N}][\p{L}\p{N} -]{0,39}$/u.test(v),
    'must be topics of letters, digits and spaces, at most 40 each',
  ),
  country: rule((v) => /^[A-Z]{2}$/.test(v), 'must be countries of two letters, for example GB,DE'),
} as const satisfies Record<string, Check>;
