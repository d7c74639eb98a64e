import type { Profile } from '../domain/customers/profile.ts';
import type { OrderHistory } from '../domain/facts/order-history.ts';
import type { EpochMs } from '../domain/time.ts';
import { mailFault } from './mail-fault.ts';
import type { NamedTemplate } from './templating/template-named.ts';
import { formatsFor, type MailFormats } from './values/mail-formats.ts';
import { presentableName } from './values/presentable-name.ts';
import { type MailStore, postalLines, storeName, webUrl } from './values/store-details.ts';
import { directionOf, isolated } from './values/text-direction.ts';

/** Everything a mail is made of. `template` is `campaign/step`, as a campaign's step names it. */
export type MailRequest = Readonly<{
  template: string;
  store: MailStore;
  profile: Profile;
  history: OrderHistory;
  /** `{api}/u/{token}`: https, or http on this very machine. */
  unsubscribeUrl: string;
  /** `{api}/preferences/{token}`, in the footer of mails that have choices. */
  preferencesUrl?: string | undefined;
  /** `{api}/confirm/{token}`, for templates that ask for a confirmation. */
  confirmUrl?: string | undefined;
  /** Shown by templates that say `reward: required`; the others never see it. */
  rewardCode?: string | undefined;
  now: EpochMs;
}>;

/** The variables a template may use. All are always there; what is unknown is `null`, so that a misspelt one is a fault. */
export type MailScope = Readonly<{
  lang: string;
  dir: 'ltr' | 'rtl';
  firstName: string | null;
  orders: number;
  revenue: string;
  firstOrder: OrderScope;
  lastOrder: OrderScope;
  store: Readonly<{
    name: string;
    url: string | null;
    site: string | null;
    postal: readonly string[];
    answers: boolean;
  }>;
  rewardCode: string | null;
  unsubscribeUrl: string;
  preferencesUrl: string | null;
  confirmUrl: string | null;
}>;

type OrderScope = Readonly<{ date: string | null; month: string | null }>;

const orderScope = (at: EpochMs | undefined, formats: MailFormats): OrderScope =>
  at === undefined ? { date: null, month: null } : { date: formats.date(at), month: formats.month(at) };

/** A reply finds a reader unless the shop says otherwise in the address itself. */
const answersMail = ({ from, replyTo }: MailStore): boolean => {
  const address = replyTo ?? from;
  return address !== undefined && !/\b(?:no|do[-_. ]?not)[-_. ]?reply\b/i.test(address);
};

const storeScope = (template: string, store: MailStore): MailScope['store'] => {
  const url = store.siteUrl === undefined ? undefined : webUrl(template, 'siteUrl', store.siteUrl);
  return {
    name: storeName(template, store.name),
    url: url?.href ?? null,
    site: url?.hostname.replace(/^www\./, '') ?? null,
    postal: postalLines(template, store.postalAddress),
    answers: answersMail(store),
  };
};

const rewardCodeOf = (template: NamedTemplate, code: string | undefined): string | null => {
  if (template.reward === 'none') return null;
  if (code !== undefined && /^[\x21-\x7e]{1,40}$/.test(code)) return code;
  throw mailFault(
    template.name,
    'rewardCode',
    'be 1 to 40 visible ASCII characters',
    code === undefined ? 'none' : 'another text',
  );
};

const linkOf = ({ name }: NamedTemplate, field: string, url: string | undefined): string | null =>
  url === undefined ? null : webUrl(name, field, url).href;

/** Lays out what a template may use, cleaned and formatted: templates only arrange. */
export const mailScope = (template: NamedTemplate, request: MailRequest): MailScope => {
  const { store, profile, history } = request;
  const formats = formatsFor(template.lang, profile, store, request.now);
  return {
    lang: template.lang,
    dir: directionOf(template.lang),
    firstName: presentableName(profile.firstName) ?? null,
    orders: history.orders,
    revenue: formats.money(history.revenueMinor),
    firstOrder: orderScope(history.firstAt, formats),
    lastOrder: orderScope(history.lastAt, formats),
    store: storeScope(template.name, store),
    rewardCode: rewardCodeOf(template, request.rewardCode),
    unsubscribeUrl: webUrl(template.name, 'unsubscribeUrl', request.unsubscribeUrl).href,
    preferencesUrl: linkOf(template, 'preferencesUrl', request.preferencesUrl),
    confirmUrl: linkOf(template, 'confirmUrl', request.confirmUrl),
  };
};

/** The same values for plain text, where no element can keep a name of the other writing direction to itself. */
export const plainTextScope = (scope: MailScope): MailScope => ({
  ...scope,
  firstName: scope.firstName === null ? null : isolated(scope.firstName, scope.dir),
  store: { ...scope.store, name: isolated(scope.store.name, scope.dir) },
});
