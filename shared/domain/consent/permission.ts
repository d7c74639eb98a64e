import type { EpochMs } from '../time.ts';

/** Why marketing may go. */
export type Allowed = 'confirmed-consent' | 'express-consent' | 'soft-opt-in' | 'implied-consent' | 'opt-out-country';
/** Why it may not. */
export type Forbidden =
  | 'opted-out'
  | 'withdrawn'
  | 'complained'
  | 'unconfirmed'
  | 'express-needed'
  | 'implied-ended'
  | 'never-asked';

/** Whether marketing may go to somebody, and what decides it; `until` where the law sets an end. */
export type MailPermission =
  | Readonly<{ may: true; because: Allowed; until?: EpochMs }>
  | Readonly<{ may: false; because: Forbidden }>;

const words: Readonly<Record<Allowed | Forbidden, string>> = {
  'confirmed-consent': 'they said yes and confirmed it by mail',
  'express-consent': 'they said yes',
  'soft-opt-in': 'they bought here, were told at checkout, and never objected',
  'implied-consent': 'they bought here, and their country takes that for a yes for two years',
  'opt-out-country': 'they bought here, and their country allows mail until somebody objects',
  'opted-out': 'they unsubscribed, and have not said yes since',
  withdrawn: 'they withdrew their consent',
  complained: 'they marked a mail as spam; only a new, confirmed yes changes that',
  unconfirmed: 'they said yes, but have not confirmed it by mail yet',
  'express-needed': 'their country asks for an express yes, and there is none',
  'implied-ended': 'their last order is more than two years ago, and they never said yes',
  'never-asked': "they never said yes, and the store's rule for buyers does not cover them",
};

/** The reason as the middle of a sentence, for people. */
export const permissionWords = ({ because }: MailPermission): string => words[because];
