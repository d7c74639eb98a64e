import { canActivate } from '../../../shared/domain/campaigns/can-activate.ts';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { unsubscribeHeaders } from '../../../shared/mail/mail-headers.ts';
import { bad, type Finding, unknown, warn, well } from './finding.ts';

/** What the store itself has to say before a mail of it is lawful. */
export const storeFindings = (store: StoreSettings): readonly Finding[] => [
  store.from === undefined
    ? bad('sender', `${store.id} has no sender, so nothing can be mailed.`, [
        `npm run perennial -- store set ${store.id} --from "NAME <ADDRESS>"`,
      ])
    : well('sender', `Mails come from ${store.from}.`),
  store.postalAddress === undefined
    ? bad('postal-address', `${store.id} has no postal address; every commercial mail must carry one.`, [
        `npm run perennial -- store set ${store.id} --postal-address "STREET, TOWN, COUNTRY"`,
      ])
    : well('postal-address', 'Each mail carries a postal address.'),
  answers(store),
  rewards(store),
  store.pausedAt === undefined
    ? well('paused', 'The store is not paused.')
    : warn('paused', `${store.id} is paused: nothing is mailed.`, [`npm run perennial -- resume ${store.id}`]),
];

const answers = ({ id, from, replyTo }: StoreSettings): Finding => {
  const address = replyTo ?? from ?? '';
  return /\b(?:no|do[-_. ]?not)[-_. ]?reply\b/i.test(address)
    ? warn('reply-to', 'Answers go to an address that reads none; people who cannot answer press "spam".', [
        `npm run perennial -- store set ${id} --reply-to ADDRESS`,
      ])
    : well('reply-to', replyTo === undefined ? 'Answers go to the sender.' : `Answers go to ${replyTo}.`);
};

const rewards = (store: StoreSettings): Finding => {
  const active = defaultCampaigns.filter(({ id }) => store.activeCampaigns.includes(id));
  const missing = active.flatMap((campaign) => {
    const ready = canActivate(campaign, store);
    return ready.type === 'ready' ? [] : ready.fields.filter((field) => field.startsWith('rewardCodes.'));
  });
  return missing.length === 0
    ? well('rewards', 'Every code that an active campaign promises is set.')
    : bad('rewards', `An active campaign promises a code that is not set: ${missing.join(', ')}. Its mails wait.`);
};

/** The one-click headers as they will stand in each mail, and whether somebody answers there. */
export const linkFindings = async (
  publicUrl: string | undefined,
  get: (url: string) => Promise<Response>,
): Promise<readonly Finding[]> => {
  if (publicUrl === undefined)
    return [unknown('unsubscribe', 'No public address is known, so the unsubscribe link could not be tried.')];
  const url = `${publicUrl.replace(/\/$/, '')}/u/doctor`;
  return [headers(url), await reachable(url, get)];
};

const headers = (url: string): Finding => {
  try {
    unsubscribeHeaders('doctor', url);
    return url.startsWith('https:')
      ? well('headers', 'Mails carry List-Unsubscribe and List-Unsubscribe-Post, each on one line (RFC 8058).')
      : unknown('headers', 'Links are http here, as only on this machine; elsewhere they must be https.');
  } catch {
    return bad('headers', `${new URL(url).origin} cannot stand in List-Unsubscribe: it must be https and short.`);
  }
};

/** A link nobody made is answered with our own page; anything else stands in between. */
const reachable = async (url: string, get: (url: string) => Promise<Response>): Promise<Finding> => {
  const { origin } = new URL(url);
  try {
    const { status, headers: answered } = await get(url);
    const isOurs = status === 404 && (answered.get('x-robots-tag') ?? '').includes('noindex');
    return isOurs
      ? well('unsubscribe', `Unsubscribe links at ${origin} are answered.`)
      : bad('unsubscribe', `Something else answers at ${origin}/u/ (${status}): unsubscribing does not work.`);
  } catch {
    return bad('unsubscribe', `Nobody answers at ${origin}: unsubscribing does not work, which is a breach of law.`);
  }
};
