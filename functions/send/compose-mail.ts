import { defaultCampaigns } from '../../shared/domain/campaigns/default-campaigns.ts';
import { labelled } from '../../shared/domain/consent/subject-label.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { Profile } from '../../shared/domain/customers/profile.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { renderMail } from '../../shared/mail/render-mail.ts';
import type { Mail } from '../../shared/ports/mailer.ts';
import { mailLinks } from './mail-links.ts';

/** What one mail is made of. */
export type Composition = Readonly<{
  store: StoreSettings;
  customer: Customer;
  send: Send;
  now: EpochMs;
  apiUrl: string;
  key: Uint8Array;
}>;

/**
 * Writes one mail, ready to go: the same composition gives the same bytes.
 *
 * @throws {LifecycleError} `config.missing` without sender or address, `template.failed` and `template.unknown` from the template.
 */
export const composeMail = ({ store, customer, send, now, apiUrl, key }: Composition): Mail => {
  const { email } = customer.profile;
  const rendered = renderMail({
    template: templateFor(send, customer.profile),
    store: send.class === 'marketing' ? store : withoutShop(store),
    profile: customer.profile,
    history: customer.history,
    ...mailLinks({ store, send, apiUrl, key }),
    rewardCode: rewardCodeOf(store, send),
    now,
  });
  return {
    ...rendered,
    subject: send.class === 'marketing' ? labelled(rendered.subject, customer.profile) : rendered.subject,
    sendId: send.sendId,
    from: present(store.from, 'store.from'),
    ...(store.replyTo === undefined ? {} : { replyTo: store.replyTo }),
    to: present(email, 'customer.email'),
    tags: tagsOf(send),
  };
};

const present = (value: string | undefined, name: string): string => {
  if (value !== undefined) return value;
  throw new LifecycleError('config.missing', `cannot compose a mail: '${name}' must be set, got nothing`, { name });
};

/** A mail that asks for a confirmation must not advertise, and a link to the shop may be taken for that. */
const withoutShop = ({ siteUrl: _siteUrl, ...store }: StoreSettings): StoreSettings => store;

/** What asks people something asks in their language, where there is such a text. */
const templateFor = ({ class: kind, template }: Send, { locale, country }: Profile): string => {
  const isGerman = locale === undefined ? country === 'DE' || country === 'AT' : /^de\b/i.test(locale);
  return kind === 'transactional' && isGerman ? `${template}-de` : template;
};

const rewardCodeOf = (store: StoreSettings, send: Send): string | undefined => {
  const step = defaultCampaigns.find(({ id }) => id === send.campaign)?.steps.find(({ name }) => name === send.step);
  return step?.reward === undefined ? undefined : store.rewardCodes[step.reward];
};

/** SES gives the tags back with every event, so that an event finds its ledger row by key. */
const tagsOf = ({ store, customerId, campaign, step, sendId, attempt }: Send): Mail['tags'] => ({
  ...{ store, campaign, step },
  customer: customerId,
  send: sendId,
  attempt: String(attempt + 1),
});
