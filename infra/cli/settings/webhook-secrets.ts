import type { StoreSecrets } from '../../../shared/ports/secrets.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

export const sources = ['shopify', 'standard'] as const;
export type Source = (typeof sources)[number];

/** A secret of the Standard Webhooks scheme: 32 random bytes. */
export const newStandardSecret = (world: World): string =>
  `whsec_${Buffer.from(world.randomBytes(32)).toString('base64')}`;

/** Shopify makes its own secret; it comes by pipe or unseen typing, as the arguments of a process are no secret. */
export const shopifySecret = async (world: World): Promise<string> => {
  const secret = (await world.readSecret('Shopify webhook signing secret (not shown): ')).trim();
  if (/^\S{16,200}$/.test(secret)) return secret;
  throw new Refusal('cannot take the Shopify secret: it must be one word of at least 16 characters');
};

/** During a rotation the new secret and the one before are valid, so that deliveries under way are accepted. */
export const withNewSecret = (secrets: StoreSecrets, source: Source, secret: string): StoreSecrets => {
  const [present] = secrets[source] ?? [];
  if (present === secret) throw new Refusal(`this is already the ${source} secret`);
  return { ...secrets, [source]: present === undefined ? [secret] : [secret, present] };
};

/** Ends a rotation: only the newest secret stays. */
export const withoutOldSecret = (secrets: StoreSecrets, source: Source): StoreSecrets => {
  const [present, old] = secrets[source] ?? [];
  if (present === undefined || old === undefined) throw new Refusal(`there is no old ${source} secret to drop`);
  return { ...secrets, [source]: [present] };
};
