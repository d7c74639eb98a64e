import { mintConfirmationToken } from '../../shared/domain/consent/confirmation-token.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { firstUnsubscribeKeyId, mintUnsubscribeToken } from '../../shared/domain/sends/unsubscribe-token.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';

/** Addresses of our own pages that one mail carries. */
export type MailLinks = Readonly<{ unsubscribeUrl: string; preferencesUrl?: string; confirmUrl?: string }>;

type Links = Readonly<{ store: StoreSettings; send: Send; apiUrl: string; key: Uint8Array }>;

/** A campaign's mail leads to the choices; one that asks for a confirmation leads there and nowhere else. */
export const mailLinks = ({ store, send, apiUrl, key }: Links): MailLinks => {
  const base = store.baseUrl ?? apiUrl;
  const { customerId, occurrence: statement, createdAt: issuedAt } = send;
  const token = mintUnsubscribeToken({ store: store.id, customerId, purpose: 'marketing' }, key, firstUnsubscribeKeyId);
  const unsubscribeUrl = `${base}/u/${token}`;
  if (send.class === 'marketing') return { unsubscribeUrl, preferencesUrl: `${base}/preferences/${token}` };
  const confirmation = mintConfirmationToken({ store: store.id, customerId, statement, issuedAt }, key);
  return { unsubscribeUrl, confirmUrl: `${base}/confirm/${confirmation}` };
};
