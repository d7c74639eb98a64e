import type { OrderHistory } from '../../../shared/domain/facts/order-history.ts';
import type { MailRequest } from '../../../shared/mail/mail-scope.ts';

const noOrders: OrderHistory = {
  orders: 0,
  counted: 0,
  placed: 0,
  revenueMinor: 0,
  refundedMinor: 0,
  firstRevenueMinor: 0,
  grossMinor: 0,
  unconverted: 0,
  recent: [],
  fresh: [],
};

export const shop = {
  name: 'Harbour & Pine',
  currency: 'GBP',
  timeZone: 'Europe/London',
  from: 'Harbour & Pine <hello@harbourandpine.example>',
  postalAddress: '3 Quay Street\nWhitby YO21 1AA\nUnited Kingdom',
  siteUrl: 'https://harbourandpine.example',
} as const;

export const unsubscribeUrl = 'https://api.harbourandpine.example/u/AQEBBGRlbW9hZGE';

/** Somebody of whom nothing is known but that they may be mailed. */
export const minimal: MailRequest = {
  template: 'welcome/settling-in',
  store: shop,
  profile: {},
  history: noOrders,
  unsubscribeUrl,
  rewardCode: 'PINE-THANKS',
  now: Date.UTC(2026, 9, 1, 10),
};

/** Ada, a regular since March 2025. */
export const regular: MailRequest = {
  ...minimal,
  profile: { firstName: 'Ada', locale: 'en-GB', country: 'GB' },
  history: {
    ...noOrders,
    orders: 4,
    counted: 4,
    placed: 4,
    revenueMinor: 24_680,
    firstAt: Date.UTC(2025, 2, 3, 12),
    lastAt: Date.UTC(2026, 5, 3, 12),
  },
};

/** The text a reader of the HTML sees or hears, entities decoded: enough for asserting on our own templates. */
export const shownText = (html: string): string =>
  html
    .replace(/<(style|title|!--)[\s\S]*?(<\/\1>|-->)/g, '')
    .replace(/<(?:br|\/p|\/td|\/h1|\/div)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
